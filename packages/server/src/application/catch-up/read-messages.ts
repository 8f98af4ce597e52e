import type { ChatMessage } from "../../domain/chat-message.ts";
import { lastActAt } from "../../domain/reader-acts.ts";
import type { ChangeType, InboxEntry } from "../inbox/inbox.ts";
import { followForMs } from "../notifications/change-decision.ts";
import type { EncryptedContent } from "../notifications/encrypted-content.ts";
import type { DueReader, MayBeKnown, ReadingPorts, TimeWindow } from "./catch-up-ports.ts";
import {
  entryFor,
  type HistoricChange,
  type HistoricMessage,
  historicMessage,
  lastChange,
} from "./historic-message.ts";
import { earliestMs, readingWindow } from "./reading-window.ts";

/** Some ten megabytes. A longer window is read in parts, so that memory stays flat however much was said. */
const messagesAtOnce = 2_000;
/** No person has more than that many messages in a minute; a part so short is taken whole. */
const shortestPartMs = 60_000;
/** Some kilobytes each; a statement of a megabyte or two is still quick. */
const entriesPerStatement = 200;

/**
 * Reads what one person was sent since their last reading and puts into the inbox what never came, oldest first. What the
 * person did in a chat is noted before, so that it counts when its messages are decided about. Progress is recorded with
 * each part. Throws {@link GraphError} and what the ports throw.
 */
export async function readMessages(ports: ReadingPorts, reader: DueReader): Promise<Read> {
  const { preferences, switches, progress, clock } = ports;
  const { userId } = reader.connection;
  const isOn = (await preferences.of(userId)).notifications === "on";
  const nowMs = clock.now();
  await switches.noteSwitch(userId, isOn, nowMs);
  const window = readingWindow(reader, nowMs);
  let missed = 0;
  let wasAsked = false;
  // Nothing sent while notifications are off is ever brought, so nothing needs to be read.
  for (let { fromMs } = window, untilMs = window.untilMs; isOn && fromMs < window.untilMs; ) {
    const found = await gather(ports, reader, { fromMs, untilMs });
    wasAsked = true;
    if (found === "too-many") {
      untilMs = fromMs + Math.floor((untilMs - fromMs) / 2);
      continue;
    }
    await ports.sightings.noteActs(userId, found.lastActs);
    missed += await bring(ports, reader, found.messages, { fromMs, nowMs });
    fromMs = untilMs;
    untilMs = window.untilMs;
    if (fromMs < nowMs) await progress.advance(reader, fromMs, nowMs);
  }
  await progress.advance(reader, nowMs, nowMs);
  return { wasAsked, missed };
}

export interface Read {
  /** Whether Microsoft was asked at all, and so whether it let us. */
  readonly wasAsked: boolean;
  /** Messages that had not come. */
  readonly missed: number;
}

interface Found {
  readonly messages: readonly HistoricMessage[];
  /** By chat id, of the reader. */
  readonly lastActs: ReadonlyMap<string, number>;
}

async function gather(
  { history }: ReadingPorts,
  { connection }: DueReader,
  window: TimeWindow,
): Promise<Found | "too-many"> {
  const messages: HistoricMessage[] = [];
  const lastActs = new Map<string, number>();
  for await (const page of history.pages(connection.teamsUserId, window)) {
    for (const json of page) {
      const found = historicMessage(json);
      if (found === undefined) continue;
      messages.push(found);
      const { chatId } = found.message;
      const actedAtMs = lastActAt(json, connection.teamsUserId);
      if (actedAtMs !== undefined) lastActs.set(chatId, Math.max(actedAtMs, lastActs.get(chatId) ?? 0));
    }
    if (messages.length > messagesAtOnce && window.untilMs - window.fromMs > shortestPartMs)
      return "too-many";
  }
  return { messages, lastActs };
}

interface Candidate {
  readonly found: HistoricMessage;
  readonly key: string;
  readonly known: MayBeKnown;
  entry(content?: EncryptedContent): InboxEntry;
}

/** Resolves to how many messages were new; changes are not counted, as it is not known which of them came. */
async function bring(
  ports: ReadingPorts,
  reader: DueReader,
  messages: readonly HistoricMessage[],
  { fromMs, nowMs }: { readonly fromMs: number; readonly nowMs: number },
): Promise<number> {
  const { userId, tenantId } = reader.connection;
  const context = { userId: ports.scope === "tenant" ? undefined : userId, tenantId, receivedAtMs: nowMs };
  const candidate = (found: HistoricMessage, change?: HistoricChange): Candidate => {
    const entry = (content?: EncryptedContent) => entryFor(found, context, { change, content });
    const { chatId, id: messageId } = found.message;
    const key = entry().dedupeKey;
    const known = { dedupeKey: key, chatId, messageId, userId, changeType: change?.changeType ?? "created" };
    return { found, entry, key, known };
  };
  // Nothing is recorded of what can never be delivered, so it would be brought every time anew.
  const isForNobody = (message: ChatMessage, changeType: ChangeType) =>
    ports.rules.never(message, reader.connection, changeType) !== undefined;
  const oldestMs = earliestMs(reader, nowMs);
  // A reaction to an old message brings it into the window; it came in its own time.
  const sent = messages
    .filter(({ message }) => message.createdAtMs >= oldestMs && !isForNobody(message, "created"))
    .map((found) => candidate(found))
    .sort((one, other) => one.found.message.createdAtMs - other.found.message.createdAtMs);
  const changed = messages
    .filter(({ message }) => message.createdAtMs >= nowMs - followForMs)
    .flatMap((found) => {
      const change = lastChange(found);
      const isWanted =
        change !== undefined &&
        change.changedAtMs >= fromMs &&
        !isForNobody(found.message, change.changeType);
      return isWanted ? [candidate(found, change)] : [];
    });
  const unknown = await ports.inbox.unknown([...sent, ...changed].map(({ known }) => known));
  const missing = sent.filter(({ key }) => unknown.has(key));
  // What never came comes as it stands now.
  const whole = new Set(missing.map(({ found }) => found));
  const missed = await store(ports, missing);
  await store(
    ports,
    changed.filter(({ key, found }) => unknown.has(key) && !whole.has(found)),
  );
  return missed;
}

async function store({ inbox, sealing }: ReadingPorts, candidates: readonly Candidate[]): Promise<number> {
  let stored = 0;
  for (let start = 0; start < candidates.length; start += entriesPerStatement) {
    const part = candidates.slice(start, start + entriesPerStatement);
    const entries = part.map(async ({ found, entry }) => entry(await sealing.seal(found.json)));
    stored += await inbox.acceptLate(await Promise.all(entries));
  }
  return stored;
}
