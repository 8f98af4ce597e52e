import { type QuietHours, quietUntil, sayQuietHours } from "../../domain/quiet-hours.ts";
import { type Here, sayTime } from "../../domain/until.ts";
import type { QuietHoursChosen } from "../connections/quiet-hours.ts";
import { notConnected, typedCommand } from "./command-texts.ts";

/** What is offered while `/msteams quiet` is typed; more is understood, see `parseQuietHours`. */
export const quietExamples = [
  { word: "daily 20:00-08:00", helpText: "Every night" },
  { word: "daily 18:00-08:00, sat-sun 00:00-24:00", helpText: "Nights and weekends" },
  { word: "off", helpText: "No quiet hours, and bring what was held" },
] as const;

const examples =
  "You can say `daily 20:00-08:00`, `daily 18:00-08:00, sat-sun 00:00-24:00`, `mon+wed 12:00-13:00` or `off`.";

/** What came of choosing quiet hours, Markdown. */
export function quietText(chosen: QuietHoursChosen): string {
  switch (chosen.kind) {
    case "not-connected":
      return notConnected;
    case "not-understood":
      return `${typedCommand(chosen.part).replace("/msteams ", "")} says no hours of days. Nothing was changed. ${examples}`;
    case "is":
      return `${quietState(chosen.hours, chosen.here) ?? "You have no quiet hours."} ${examples}`;
    case "became":
      return (
        quietState(chosen.hours, chosen.here) ??
        "You have no quiet hours any more. What was held arrives now."
      );
  }
}

/** What is so, in a sentence or two; undefined without quiet hours. */
export function quietState(hours: readonly QuietHours[], here: Here): string | undefined {
  if (hours.length === 0) return undefined;
  const untilMs = quietUntil(hours, here);
  const now =
    untilMs === undefined ? "" : `Until ${sayTime(untilMs, here)} nothing arrives: **quiet hours**. `;
  return `${now}Your quiet hours are \`${sayQuietHours(hours)}\`; what comes then is held, and arrives at their end unless you saw it in Teams.`;
}
