import { applicationOwner } from "../access/access-ports.ts";
import { explainToAdministrator } from "../access/access-texts.ts";
import type { Overview, SetupProblem } from "../integration.ts";
import { noCatchUpText } from "./administrator-answers.ts";

/** What `/msteams status` adds for system administrators. */
export function setupProblemsText(problems: readonly SetupProblem[]): string {
  const lines = problems.map(({ what, doThis }) => `- ${what} ${doThis}`);
  return [
    "**Microsoft Teams Notifications is not set up yet** (shown to system administrators):",
    "",
    ...lines,
  ].join("\n");
}

export function overviewText(overview: Overview): string {
  const { active, wanted } = overview.subscriptions;
  const connected = overview.connectedPeople;
  const people = connected === 1 ? "1 person is" : `${connected} people are`;
  const summary = `**For system administrators:** ${people} connected; ${active} of ${wanted} subscriptions at Microsoft are active.`;
  const lines = [...troubles(overview), ...backlogs(overview)].map((each) => `- ${each}`);
  return lines.length === 0 ? summary : [summary, "", ...lines].join("\n");
}

/** What somebody has to put right. */
function troubles({ access, subscriptions, noCatchUp, peopleWithoutFiles }: Overview): string[] {
  const ofApplication = access.filter(({ owner }) => owner === applicationOwner);
  const people = access.length - ofApplication.length;
  return [
    ...ofApplication.map(explainToAdministrator),
    ...(people === 0
      ? []
      : [`People whose messages Microsoft does not let us read, each told so by the bot: ${people}.`]),
    ...countedByCode(subscriptions.problems.map(({ code }) => code)).map(
      ([code, count]) =>
        `Subscriptions that could not be made or renewed: ${count} × ${explanations[code] ?? code}`,
    ),
    ...(noCatchUp === "not-in-this-cloud" ? [noCatchUpText(noCatchUp)] : []),
    ...(peopleWithoutFiles > 0
      ? [`People whose files are not copied until they connect again: ${peopleWithoutFiles}.`]
      : []),
  ];
}

function backlogs({ backlog, waitingToCatchUp }: Overview): string[] {
  return [
    ...(waitingToCatchUp > 0 ? [`People whose messages wait to be read again: ${waitingToCatchUp}.`] : []),
    ...(backlog.pending > 0 ? [`Notifications that wait to be worked on: ${backlog.pending}.`] : []),
    ...(backlog.held > 0 ? [`Messages held until a time their readers chose: ${backlog.held}.`] : []),
    ...(backlog.dead > 0
      ? [`Notifications that were given up: ${backlog.dead}; see \`/msteams admin failures\`.`]
      : []),
  ];
}

/** Graph's answers in the words of someone who can do something about them. */
const explanations: Readonly<Record<string, string>> = {
  forbidden:
    "Microsoft forbids it: grant the application permissions Chat.Read.All and Presence.Read.All with admin consent.",
  unauthorized: "Microsoft refuses the client ID or secret: check both, and whether the secret has expired.",
  "limit-reached":
    "Microsoft's limit of subscriptions is reached: choose the subscription scope *Whole tenant*.",
  "invalid-request": "Microsoft could not reach this server at its Site URL, or refused the request.",
  throttled: "Microsoft asks for fewer requests; this is tried again by itself.",
  unavailable: "Microsoft Graph is not available; this is tried again by itself.",
  unreachable: "Microsoft Graph cannot be reached from this server: check its access to the internet.",
};

function countedByCode(codes: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts];
}
