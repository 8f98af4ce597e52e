import { withinLimit } from "../../domain/choices.ts";
import { connectAgain } from "../../domain/rendering/copy-note.ts";
import type { ConnectionStatus } from "../connections/connection-status.ts";
import type { Disconnected } from "../connections/disconnect.ts";
import type { Started } from "../connections/start-connection.ts";
import { accountName } from "../connections/wording.ts";
import { type Chosen, inForce } from "./choice-texts.ts";
import { notConnected, typedCommand } from "./command-texts.ts";
import { type CommandWord, msteamsCommand } from "./command-words.ts";
import { quietState } from "./quiet-answers.ts";
import { snoozeState } from "./snooze-answers.ts";

/** What the bot says to each command, as Markdown. */

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
  const { account, files, mutedChats } = status;
  const ofFiles = isShownWhole(status) ? filesText(files) : [];
  const { preferences, here } = status;
  const holds =
    preferences.notifications === "off"
      ? []
      : [snoozeState(preferences.snoozedUntilMs, here), quietState(preferences.quietHours, here)];
  const held = holds.filter((state) => state !== undefined);
  const said = [...inForce(status), ...held, ...mutedText(mutedChats), ...ofFiles];
  return `You are connected to Teams as ${accountName(account)}. ${said.join(" ")}`;
}

/** Files belong to the whole message alone. */
function isShownWhole({ preferences, limits }: Chosen): boolean {
  return withinLimit("show", preferences.show, limits.show) === "whole";
}

function mutedText(count: number): readonly string[] {
  if (count === 0) return [];
  return [`${count === 1 ? "One chat is" : `${count} chats are`} **muted**: \`/msteams chats\`.`];
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
