import type { CatchUpStarted, NoCatchUp } from "../catch-up/catch-up-support.ts";
import type { OtherDisconnected } from "../connections/disconnect-other.ts";
import { accountName } from "../connections/wording.ts";
import type { FailedEntry, Failures } from "../failures/failure-ports.ts";
import type { Integration } from "../integration.ts";
import type { AdministratorCommand } from "./parse-command.ts";

/** As many as a person reads; the total says how many there are. */
const failuresShown = 15;

export const onlyAdministratorsText = "Only system administrators can do this.";

/** Does what an administrator asked for and says what came of it, Markdown. */
export async function answerAdministrator(
  integration: Pick<Integration, "catchUp" | "disconnectOther" | "failures" | "replay">,
  command: AdministratorCommand,
): Promise<string> {
  switch (command.kind) {
    case "admin-catch-up":
      return catchUpText(await integration.catchUp());
    case "admin-disconnect":
      return otherDisconnectedText(command.username, await integration.disconnectOther(command.username));
    case "admin-failures":
      return failuresText(await integration.failures(failuresShown));
    case "admin-replay":
      return replayText(command.which, await integration.replay(command.which));
  }
}

function catchUpText(started: CatchUpStarted): string {
  if (started.kind === "impossible") return noCatchUpText(started.why);
  const people = started.people === 1 ? "1 person" : `${started.people} people`;
  return `The messages of the last 24 hours of ${people} are read again. What never arrived, and was not seen in Teams meanwhile, is delivered; nothing is delivered twice. \`/msteams status\` shows how many people are left.`;
}

export function noCatchUpText(why: NoCatchUp): string {
  return why === "switched-off"
    ? "Nothing can be read again while *Sync notifications* is switched off in the plugin's settings."
    : "Microsoft's China cloud offers no way to read messages again: a message whose notification is lost stays lost.";
}

/** The name is of Mattermost's own characters; in a code span it calls nobody. */
function otherDisconnectedText(username: string, ended: OtherDisconnected): string {
  const name = `\`@${username}\``;
  if (ended.kind === "no-such-person") return `There is no ${name} in Mattermost. Nothing was changed.`;
  if (ended.kind === "not-connected") return `${name} is not connected to Teams. Nothing was changed.`;
  const told = ended.wasTold ? "The bot has told them." : "The bot has not told them.";
  return `${name} is no longer connected to Teams as ${accountName(ended.account)}. ${told}`;
}

function failuresText({ total, newest }: Failures): string {
  if (total === 0) return "No notification was given up. Those of the last two weeks would be shown here.";
  const count = total === 1 ? "1 notification was given up" : `${total} notifications were given up`;
  const shown = newest.length < total ? `, the newest ${newest.length} of them:` : ":";
  return [
    `**${count}**${shown}`,
    "",
    "| Id | Given up | Reason |",
    "| --- | --- | --- |",
    ...newest.map(failureRow),
    "",
    "Once the cause is gone, put one back with `/msteams admin replay <id>` or everything with `/msteams admin replay all`.",
  ].join("\n");
}

/** Reasons are our own codes; were one not, it still could not leave its cell. */
function failureRow({ id, failedAtMs, reason }: FailedEntry): string {
  const at = `${new Date(failedAtMs).toISOString().slice(0, 16).replace("T", " ")} UTC`;
  return `| ${id} | ${at} | ${reason.replaceAll(/[^\w-]/g, " ")} |`;
}

function replayText(which: number | "all", count: number): string {
  if (count === 0) {
    return which === "all"
      ? "No notification was given up, so there is nothing to put back."
      : `No notification with id ${which} was given up. \`/msteams admin failures\` shows those that were.`;
  }
  const what = count === 1 ? "1 notification is" : `${count} notifications are`;
  return `${what} at work again. What its reader has seen in Teams meanwhile is not delivered any more.`;
}
