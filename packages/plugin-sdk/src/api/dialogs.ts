import { type Call, row } from "../contract/row.ts";
import type { Input } from "../gob/schema.ts";
import { OpenDialogRequest } from "../models/dialog.ts";

/** API methods for interactive dialogs (Mattermost plugin API). */
export const dialogsRows = {
  OpenInteractiveDialog: row([OpenDialogRequest], [], "appError"),
};

/** The author's view of {@link dialogsRows}. */
export function dialogs(call: Call<typeof dialogsRows>) {
  return {
    open: (dialog: Input<typeof OpenDialogRequest>) => call("OpenInteractiveDialog", dialog),
  };
}
