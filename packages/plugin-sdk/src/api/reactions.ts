import { type Call, row } from "../contract/row.ts";
import { filled, type Input, slice, string } from "../gob/schema.ts";
import { Reaction } from "../models/reaction.ts";

/** API methods for reactions (Mattermost plugin API). */
export const reactionsRows = {
  AddReaction: row([Reaction], [Reaction], "appError"),
  RemoveReaction: row([Reaction], [], "appError"),
  GetReactions: row([string], [filled(slice(Reaction))], "appError"),
};

/** The author's view of {@link reactionsRows}. */
export function reactions(call: Call<typeof reactionsRows>) {
  return {
    add: (reaction: Input<typeof Reaction>) => call("AddReaction", reaction),
    remove: (reaction: Input<typeof Reaction>) => call("RemoveReaction", reaction),
    list: (postId: string) => call("GetReactions", postId),
  };
}
