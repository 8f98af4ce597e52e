import { TokenError } from "../adapters/graph/tokens.ts";
import { BotNameTaken, botUsername } from "../adapters/mattermost/bot.ts";
import { PostgresError, type PostgresErrorCode } from "../adapters/postgres/postgres-error.ts";
import type { SetupProblem } from "../application/integration.ts";
import { MattermostError } from "../application/mattermost/mattermost-error.ts";

/** The plugin cannot work yet, for reasons an administrator understands. */
export class SetupFailure extends Error {
  override readonly name = "SetupFailure";
  readonly problems: readonly SetupProblem[];
  constructor(problems: readonly SetupProblem[]) {
    super(problems.map(({ what }) => what).join(" "));
    this.problems = problems;
  }
}

const triedAgain = "It is tried again by itself.";

const databaseRemedies: Readonly<Record<PostgresErrorCode, string>> = {
  unreachable: triedAgain,
  "encryption-key-changed":
    "Put the former key back under Encryption key. If it is lost, see docs/operations.md, “A lost encryption key”.",
  "schema-too-new": "Install the newer version of the plugin again.",
  "secret-unreadable": "Put the former key back under Encryption key.",
  pooled: `Set the pooler to session mode, or let Mattermost's data source name PostgreSQL itself; docs/operations.md, “Connection poolers”. ${triedAgain}`,
  "query-failed": `Mattermost's database user must be allowed to create schemas; docs/operations.md, “Database”, tells how to do without. ${triedAgain}`,
};

/** Why the plugin does not work, and what to do; whatever is not known by name is told without its words. */
export function problemsOf(error: unknown): readonly SetupProblem[] {
  if (error instanceof SetupFailure) return error.problems;
  if (error instanceof PostgresError) return [{ what: error.message, doThis: databaseRemedies[error.code] }];
  if (error instanceof TokenError) return [{ what: error.message, doThis: triedAgain }];
  if (error instanceof MattermostError) return [{ what: error.message, doThis: triedAgain }];
  if (error instanceof BotNameTaken) {
    const doThis = `Rename the user ${botUsername}. ${triedAgain}`;
    return [{ what: error.message, doThis }];
  }
  const name = error instanceof Error ? error.name : "unknown";
  return [{ what: `The plugin could not start (${name}).`, doThis: triedAgain }];
}
