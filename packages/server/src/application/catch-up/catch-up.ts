import { GraphError } from "../graph/graph-error.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import type { DueReader, ReadingPorts } from "./catch-up-ports.ts";
import { type JudgePorts, judgeRefusals, type ReaderRefused } from "./judge-refusals.ts";
import { readMessages } from "./read-messages.ts";

export interface CatchUpPorts extends ReadingPorts, Omit<JudgePorts, "history" | "clock"> {
  /** Whether the inbox takes late messages now; live ones need the rest of its room. */
  readonly room: { hasRoomForLate(): Promise<boolean> };
  /** Ends a round early, between two people. */
  readonly stopping: AbortSignal;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** `stopped`: it goes on where it was the next time. */
export type CaughtUp =
  | { readonly kind: "done"; readonly people: number; readonly missed: number }
  | {
      readonly kind: "stopped";
      readonly people: number;
      readonly missed: number;
      readonly because: GraphError["code"] | "no-room" | "stopping";
    };

/**
 * Everybody is read this often, whatever came meanwhile, because Graph gives no sign of a single lost notification. One
 * request for each person in half an hour is far below its 200 a second (facts, section 7).
 */
export const readEveryMs = 30 * 60_000;

/** Graph answers in about 150 ms, so this is some 25 people a second, an eighth of what it allows; turns hold back what is more. */
const readersAtOnce = 4;
const readersPerLook = 100;
/** A person whom Microsoft does not let us read may be allowed again; looking often would not help. */
const refusedPauseMs = 15 * 60_000;

/** Reads the messages of everybody with a gap or not read for a while. To be run by one node of the cluster at a time. */
export async function catchUp(ports: CatchUpPorts): Promise<CaughtUp> {
  const tally = new Tally();
  while (tally.stoppedBy === undefined) {
    const due = await ports.progress.due(ports.clock.now(), readEveryMs, readersPerLook);
    if (due.length === 0) break;
    const queue = due.values();
    const ended = await Promise.allSettled(
      Array.from({ length: readersAtOnce }, () => readNext(ports, queue, tally)),
    );
    for (const end of ended) if (end.status === "rejected") throw end.reason;
  }
  if (tally.wasLetIn) {
    await ports.access.applicationWorks("messages");
    if (tally.stoppedBy !== "unauthorized") await ports.access.applicationWorks("sign-in");
  }
  await judgeRefusals(ports, tally.refused, tally.wasLetIn);
  const { people, missed, stoppedBy } = tally;
  if (stoppedBy === undefined) return { kind: "done", people, missed };
  return { kind: "stopped", people, missed, because: stoppedBy };
}

class Tally {
  people = 0;
  missed = 0;
  /** Microsoft let us read somebody's messages. */
  wasLetIn = false;
  readonly refused: ReaderRefused[] = [];
  stoppedBy: GraphError["code"] | "no-room" | "stopping" | undefined;
}

async function readNext(ports: CatchUpPorts, queue: Iterator<DueReader>, tally: Tally): Promise<void> {
  for (let next = queue.next(); !next.done && tally.stoppedBy === undefined; next = queue.next()) {
    const reader = next.value;
    if (ports.stopping.aborted) {
      tally.stoppedBy = "stopping";
      return;
    }
    if (!(await ports.room.hasRoomForLate())) {
      tally.stoppedBy = "no-room";
      return;
    }
    try {
      const { wasAsked, missed } = await readMessages(ports, reader);
      if (missed > 0) ports.metrics.count("messages_caught_up", {}, missed);
      tally.people += 1;
      tally.missed += missed;
      if (!wasAsked) continue;
      tally.wasLetIn = true;
      await ports.access.personWorks(reader.connection.userId);
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      await meet(ports, reader, error, tally);
    }
  }
}

/** What concerns one person puts that person off; everything else ends this round for everybody. */
async function meet(ports: CatchUpPorts, reader: DueReader, error: GraphError, tally: Tally): Promise<void> {
  switch (error.code) {
    case "not-found":
    case "forbidden":
      tally.refused.push({ reader, code: error.code });
      break;
    case "invalid-request":
      ports.log.warn("Microsoft refused to list a person's messages", { requestId: error.requestId ?? "" });
      break;
    default:
      if (error.code === "unauthorized") await ports.access.applicationRefused("sign-in", error.code);
      tally.stoppedBy = error.code;
      return;
  }
  await ports.progress.postpone(reader, ports.clock.now() + refusedPauseMs);
}
