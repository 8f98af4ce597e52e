import { type Here, sayTime } from "../../domain/until.ts";
import type { Snoozed } from "../connections/snooze.ts";
import { notConnected, typedCommand } from "./command-texts.ts";

/** What is offered while `/msteams snooze` is typed; more is understood, see `parseUntil`. */
export const snoozeTimes = [
  { word: "30m", helpText: "For half an hour" },
  { word: "2h", helpText: "For two hours" },
  { word: "tomorrow", helpText: "Until tomorrow, nine o'clock" },
  { word: "off", helpText: "End it now, and bring what was held" },
] as const;

const timesText = "You can say `30m`, `2h`, `1d`, `14:30`, `tomorrow` or `off`.";

/** What came of snoozing, Markdown. */
export function snoozedText(snoozed: Snoozed): string {
  switch (snoozed.kind) {
    case "not-connected":
      return notConnected;
    case "past":
      return `${typed(snoozed)} is over today. Nothing was changed. ${timesText}`;
    case "not-a-time":
      return `${typed(snoozed)} is no time. Nothing was changed. ${timesText}`;
    case "too-long":
      return `A week is the most; to turn messages off for longer, type \`/msteams notifications off\`. Nothing was changed. ${timesText}`;
    case "is":
      return `${snoozeState(snoozed.untilMs, snoozed.here) ?? "Messages are not snoozed."} Change: \`/msteams snooze 30m\`, \`2h\`, \`tomorrow\`, \`14:30\`, \`off\``;
    case "became":
      return snoozeState(snoozed.untilMs, snoozed.here) ?? "Snoozing has ended. What was held arrives now.";
  }
}

/** One sentence on what is so; undefined when nothing is snoozed. */
export function snoozeState(untilMs: number | undefined, here: Here): string | undefined {
  if (untilMs === undefined || untilMs <= here.nowMs) return undefined;
  return `Until ${sayTime(untilMs, here)} nothing arrives: **snoozed**. What comes meanwhile is held, and arrives then unless you saw it in Teams.`;
}

/** A code span, in which it calls nobody. */
function typed(snoozed: { readonly typed: string }): string {
  return typedCommand(snoozed.typed).replace("/msteams ", "");
}
