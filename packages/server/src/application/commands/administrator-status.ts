import type { Overview, SetupProblem } from "../integration.ts";

/** What `/msteams status` adds for system administrators. */
export function setupProblemsText(problems: readonly SetupProblem[]): string {
  const lines = problems.map(({ what, doThis }) => `- ${what} ${doThis}`);
  return [
    "**Microsoft Teams Notifications is not set up yet** (shown to system administrators):",
    "",
    ...lines,
  ].join("\n");
}

export function overviewText({ connectedPeople, subscriptions }: Overview): string {
  const { active, wanted, problems } = subscriptions;
  const people = connectedPeople === 1 ? "1 person is" : `${connectedPeople} people are`;
  const summary = `**For system administrators:** ${people} connected; ${active} of ${wanted} subscriptions at Microsoft are active.`;
  if (problems.length === 0) return summary;
  const lines = [...countedByCode(problems.map(({ code }) => code))].map(
    ([code, count]) => `- ${count} × ${explanations[code] ?? code}`,
  );
  return [summary, "", "Subscriptions that could not be made or renewed:", ...lines].join("\n");
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

function countedByCode(codes: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
}
