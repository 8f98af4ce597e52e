import { connectAgain } from "../../domain/rendering/copy-note.ts";
import type { Chosen } from "../connections/choose.ts";
import type { ConnectionStatus } from "../connections/connection-status.ts";
import type { Disconnected } from "../connections/disconnect.ts";
import type { Started } from "../connections/start-connection.ts";
import { accountName } from "../connections/wording.ts";
import { type Choice, type ChoiceValue, choices, departures, stateOf } from "./choices.ts";
import { type CommandWord, msteamsCommand } from "./command-words.ts";

/** What the bot says to each command, as Markdown. */

const notConnected = "You are not connected to Microsoft Teams. Connect with `/msteams connect`.";

export const notSetUpText =
  "Microsoft Teams Notifications is not set up yet. Please ask your system administrator.";

export const failedText = "That did not work just now. Nothing is lost; please try again in a minute.";

export function startedText(started: Started): string {
  if (started.kind === "already-connected") {
    return `You are already connected to Teams as ${accountName(started.account)}. To use another account, first type \`/msteams disconnect\`.`;
  }
  return `[Connect your Microsoft Teams account](${started.url})\n\nSign in at Microsoft with the e-mail address you have in Mattermost. The link is yours alone, and valid for ten minutes.`;
}

export function disconnectedText(ended: Disconnected): string {
  if (ended.kind === "not-connected") return notConnected;
  return `You are no longer connected to Teams as ${accountName(ended.account)}. No more chat messages will arrive; what arrived stays.`;
}

export function statusText(status: ConnectionStatus): string {
  if (status.kind === "not-connected") return notConnected;
  const { account, preferences, files } = status;
  const chosen = [switchText(preferences.notificationsOn), ...departures(preferences), ...filesText(files)];
  return `You are connected to Teams as ${accountName(account)}. ${chosen.join(" ")}`;
}

function filesText(files: Extract<ConnectionStatus, { kind: "connected" }>["files"]): readonly string[] {
  switch (files) {
    case "off":
      return [];
    case "copied":
      return ["Files of messages are copied."];
    case "sign-in-missing":
      return [
        `Files of messages are named and linked but not copied, because your sign-in does not cover them. To have them copied, ${connectAgain}.`,
      ];
  }
}

export function notificationsStatusText(status: ConnectionStatus): string {
  return status.kind === "not-connected" ? notConnected : switchText(status.preferences.notificationsOn);
}

export function notificationsSetText(on: boolean, chosen: Chosen): string {
  if (chosen.kind === "not-connected") return notConnected;
  if (chosen.kind === "changed") return switchText(on);
  return `Notifications are already ${on ? "on" : "off"}.`;
}

/** Every choice as it stands, and how to change it. */
export function settingsText(status: ConnectionStatus): string {
  if (status.kind === "not-connected") return notConnected;
  const { preferences } = status;
  const lines = choices.map((choice) => {
    const now = stateOf(choice, preferences);
    const others = choice.values.filter((value) => value !== now);
    return `- ${now?.state} Change: ${others.map((other) => settingLine(choice, other)).join(", ")}`;
  });
  return [
    switchText(preferences.notificationsOn),
    "",
    ...lines,
    "",
    "You find the same under **Settings > Plugin Preferences > MS Teams**.",
  ].join("\n");
}

/** Everything counts from the next message on; what has arrived stays as it is. */
export function chosenText(value: ChoiceValue, chosen: Chosen): string {
  if (chosen.kind === "not-connected") return notConnected;
  if (chosen.kind === "unchanged") return `Nothing to change: ${value.state}`;
  const parts = ["From the next message on:", value.state, ...(value.note === undefined ? [] : [value.note])];
  return parts.join(" ");
}

export function unknownSettingText(typed: string): string {
  const lines = choices.flatMap((choice) =>
    choice.values.map((value) => `- ${settingLine(choice, value)}: ${value.helpText}`),
  );
  return [`There is no ${typedCommand(typed)}. You can type:`, "", ...lines].join("\n");
}

function settingLine(choice: Choice, value: ChoiceValue): string {
  return `\`/msteams settings ${choice.word} ${value.word}\``;
}

/** What a person typed, as a code span that neither ends early nor fills the screen. */
function typedCommand(typed: string): string {
  const said = typed.length > 60 ? `${typed.slice(0, 60)}…` : typed;
  return `\`/msteams ${said.replaceAll("`", "'")}\``;
}

function switchText(on: boolean): string {
  return on
    ? "Notifications are **on**: new chat messages arrive as direct messages from the MS Teams bot while you are away or offline in Teams."
    : "Notifications are **off**. Turn them on with `/msteams notifications on`.";
}

export function helpText(isAdministrator: boolean): string {
  const commands = commandList(isAdministrator);
  return ["**Microsoft Teams Notifications**", msteamsCommand.helpText, "", ...commands].join("\n");
}

export function unknownText(typed: string, isAdministrator: boolean): string {
  const commands = commandList(isAdministrator);
  return [`There is no ${typedCommand(typed)}. You can type:`, "", ...commands].join("\n");
}

function commandList(isAdministrator: boolean): string[] {
  const offered = msteamsCommand.next.filter((each) => isAdministrator || each.isForAdministrators !== true);
  return offered.flatMap((each) =>
    each.isForAdministrators === true ? each.next.map((next) => line(next, each.word)) : line(each),
  );
}

function line({ word, hint, helpText: explained }: CommandWord, before = ""): string {
  return `- \`/msteams ${[before, word, hint].filter((part) => part !== "").join(" ")}\`: ${explained}`;
}
