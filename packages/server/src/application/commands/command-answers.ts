import { connectAgain } from "../../domain/rendering/copy-note.ts";
import type { ConnectionStatus } from "../connections/connection-status.ts";
import type { Disconnected } from "../connections/disconnect.ts";
import type { NotificationsSet } from "../connections/set-notifications.ts";
import type { Started } from "../connections/start-connection.ts";
import { accountName } from "../connections/wording.ts";
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
  return `You are connected to Teams as ${accountName(status.account)}. ${switchText(status.notificationsOn)}${filesText(status.files)}`;
}

function filesText(files: Extract<ConnectionStatus, { kind: "connected" }>["files"]): string {
  switch (files) {
    case "off":
      return "";
    case "copied":
      return " Files of messages are copied.";
    case "sign-in-missing":
      return ` Files of messages are named and linked but not copied, because your sign-in does not cover them. To have them copied, ${connectAgain}.`;
  }
}

export function notificationsStatusText(status: ConnectionStatus): string {
  return status.kind === "not-connected" ? notConnected : switchText(status.notificationsOn);
}

export function notificationsSetText(set: NotificationsSet): string {
  if (set.kind === "not-connected") return notConnected;
  if (set.kind === "changed") return switchText(set.on);
  return `Notifications are already ${set.on ? "on" : "off"}.`;
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
  const said = typed.length > 60 ? `${typed.slice(0, 60)}…` : typed;
  const commands = commandList(isAdministrator);
  return [`There is no \`/msteams ${said.replaceAll("`", "'")}\`. You can type:`, "", ...commands].join("\n");
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
