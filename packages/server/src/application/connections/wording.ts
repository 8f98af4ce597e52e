/** Account names come from a directory: a code span keeps them from mentioning anyone or forming a link. */
export function accountName(account: string): string {
  return `\`${account.replaceAll(/[`\r\n]/g, " ").trim()}\``;
}

export function connectedText(account: string): string {
  return `You are connected to Teams as ${accountName(account)}.`;
}

/** The first direct message of the bot. */
export function welcomeText(account: string): string {
  return [
    `**You are connected to Microsoft Teams** as ${accountName(account)}.`,
    "",
    "While you are away or offline in Teams, your new Teams chat messages arrive here. While you are active there, nothing does.",
    "",
    "- Turn this off and on with `/msteams notifications off` and `/msteams notifications on`, or under **Settings > Plugin Preferences > MS Teams**.",
    "- Which messages arrive, when, and how much of them is shown is your choice: there, or with `/msteams settings`. `/msteams chats` mutes single chats.",
    "- Messages of bots and apps do not arrive, and all chats share this conversation, until you choose otherwise.",
    "- `/msteams disconnect` ends the connection.",
  ].join("\n");
}

export function disconnectedByAdministratorText(account: string): string {
  return [
    `A system administrator has ended your connection to Teams as ${accountName(account)}. No more chat messages will arrive; what arrived stays.`,
    "",
    "If that was not expected, ask your system administrator. `/msteams connect` connects you again.",
  ].join("\n");
}

export function tenantChangedText(account: string): string {
  return [
    `Your connection to Teams as ${accountName(account)} has ended: this Mattermost now belongs to another Microsoft organisation. No more chat messages will arrive; what arrived stays.`,
    "",
    "If you have an account there with your e-mail address, `/msteams connect` connects it.",
  ].join("\n");
}
