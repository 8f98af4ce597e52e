import type { Page } from "./page.ts";

/** `mattermostUrl` leads to the conversation with the bot, or to Mattermost where that is not known. */
export function connectedPage(username: string, account: string, mattermostUrl: string): Page {
  return {
    title: "You are connected",
    happened: `The Teams account ${account} is connected to ${username} in Mattermost. While you are away from Teams, your chat messages arrive there.`,
    doThis: "Go back to Mattermost, or close this window.",
    link: { text: "Back to Mattermost", url: mattermostUrl },
  };
}
