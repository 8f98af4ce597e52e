import type { Access } from "../access/access.ts";
import type { Clock } from "../clock.ts";
import type { ConnectionStore } from "../connections/connection-store.ts";
import { GraphError, type GraphErrorCode } from "../graph/graph-error.ts";
import type { DueReader, MessageHistory } from "./catch-up-ports.ts";

export interface JudgePorts {
  readonly access: Access;
  readonly connections: Pick<ConnectionStore, "list">;
  readonly history: MessageHistory;
  readonly clock: Clock;
}

/** A person whose messages Microsoft did not let us read. */
export interface ReaderRefused {
  readonly reader: DueReader;
  readonly code: GraphErrorCode;
}

/**
 * Finds out whose problem refusals are. Graph answers alike when the application lacks a permission and when one account
 * cannot be read; what tells them apart is whether somebody else's messages can be. With nobody else to ask, it is the
 * application's.
 */
export async function judgeRefusals(
  ports: JudgePorts,
  refused: readonly ReaderRefused[],
  somebodyWasRead: boolean,
): Promise<void> {
  const [first] = refused;
  if (first === undefined) return;
  if (!(somebodyWasRead || (await canReadAnother(ports, refused)))) {
    await ports.access.applicationRefused("messages", first.code);
    return;
  }
  for (const { reader, code } of refused) await ports.access.personRefused(reader.connection, code);
}

/** Any short reading will do. */
const probeMs = 60_000;

async function canReadAnother(
  { access, connections, history, clock }: JudgePorts,
  refused: readonly ReaderRefused[],
): Promise<boolean> {
  const suspects = new Set([
    ...refused.map(({ reader }) => reader.connection.userId),
    ...(await access.list()).map(({ owner }) => owner),
  ]);
  const other = (await connections.list()).find(({ userId }) => !suspects.has(userId));
  if (other === undefined) return false;
  const untilMs = clock.now();
  try {
    for await (const _page of history.pages(other.teamsUserId, { fromMs: untilMs - probeMs, untilMs })) break;
    return true;
  } catch (error) {
    if (error instanceof GraphError && (error.code === "forbidden" || error.code === "not-found"))
      return false;
    throw error;
  }
}
