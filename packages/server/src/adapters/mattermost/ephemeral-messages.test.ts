import { expect, test } from "bun:test";
import type { Api } from "@msteams-notifications/plugin-sdk";
import { EphemeralMessages } from "./ephemeral-messages.ts";

function mattermost() {
  const shown: [string, unknown][] = [];
  const show = async (userId: string, post: unknown) => void shown.push([userId, post]);
  const api = { posts: { sendEphemeral: show, updateEphemeral: show } };
  // Only what is called is there.
  return { shown, messages: new EphemeralMessages(api as unknown as Api, "bot", "/plugins/p/buttons") };
}

test("what is said stands in the thread in which it was asked for, and what replaces it too", async () => {
  const { shown, messages } = mattermost();
  const place = { channelId: "town", rootId: "root" };
  await messages.send("ann", place, { id: "one", message: "the link" });
  await messages.update("ann", place, { id: "one", message: "connected" });
  const post = { id: "one", channelId: "town", rootId: "root", userId: "bot" };
  expect(shown).toEqual([
    ["ann", { ...post, message: "the link" }],
    ["ann", { ...post, message: "connected" }],
  ]);
});

test("outside of threads it stands in the channel", async () => {
  const { shown, messages } = mattermost();
  await messages.send("ann", { channelId: "town", rootId: undefined }, { id: "one", message: "hello" });
  expect(shown[0]?.[1]).toMatchObject({ channelId: "town", rootId: "" });
});

test("buttons ask the plugin with what they say and the thread they stand in", async () => {
  const { shown, messages } = mattermost();
  const parts = [{ text: "**Release**", buttons: [{ label: "Unmute", press: { does: "unmute" } }] }];
  await messages.send("ann", { channelId: "town", rootId: "root" }, { id: "one", message: "chats", parts });
  expect(shown[0]?.[1]).toMatchObject({
    props: {
      attachments: [
        {
          text: "**Release**",
          fallback: "**Release**",
          actions: [
            {
              name: "Unmute",
              type: "button",
              integration: { url: "/plugins/p/buttons", context: { does: "unmute", root: "root" } },
            },
          ],
        },
      ],
    },
  });
});
