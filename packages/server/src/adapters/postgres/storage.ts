import type { Clock } from "../../application/clock.ts";
import type { ConnectionNews } from "../../application/connections/remembered-connections.ts";
import type { Log } from "../../application/log.ts";
import type { ChatNews } from "../../application/notifications/chat-memory.ts";
import type { Randomness } from "../../application/randomness.ts";
import type { Timers } from "../../application/timers.ts";
import { PostgresAccessProblems } from "./access-problems.ts";
import { PostgresChatThreads } from "./chat-threads.ts";
import { PostgresConnections } from "./connection-store.ts";
import { PostgresCopiedFiles } from "./copied-files.ts";
import { Database } from "./database.ts";
import { PostgresDeliveryLog } from "./delivery-log.ts";
import { StoredEncryptionCertificates } from "./encryption-certificates.ts";
import { claimEncryptionKey } from "./encryption-key.ts";
import { type Exclusively, exclusivelyOn } from "./exclusive-work.ts";
import { PostgresFailedEntries } from "./failed-entries.ts";
import { PostgresFileGrants } from "./file-grants.ts";
import { PostgresGraphPauses } from "./graph-pauses.ts";
import { PostgresInbox } from "./inbox.ts";
import { PostgresLaneShares } from "./lane-shares.ts";
import { migrate } from "./migrate.ts";
import { PostgresReaderHistories } from "./reader-histories.ts";
import { PostgresReadingProgress } from "./reading-progress.ts";
import { PostgresRecentChats } from "./recent-chats.ts";
import { removeOld } from "./retention.ts";
import { SecretBox } from "./secret-box.ts";
import { mustBelongToUs } from "./session-pooling.ts";
import { PostgresSignIns } from "./sign-in-store.ts";
import { signal, signalChannel } from "./signals.ts";
import { StandingSession } from "./standing-session.ts";
import { PostgresSubscriptionProblems } from "./subscription-problems.ts";
import { PostgresSubscriptions } from "./subscription-store.ts";

export interface StorageOptions {
  /** Mattermost's own data source, as its configuration gives it. */
  readonly dataSource: string;
  /** The encryption key of the settings. */
  readonly encryptionKey: string;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly randomness: Randomness;
  readonly log: Log;
}

/** Everything kept in PostgreSQL. */
export interface Storage extends AsyncDisposable {
  readonly database: Database;
  readonly connections: PostgresConnections;
  /** Tells of changes of {@link connections} by whichever node. */
  readonly connectionNews: ConnectionNews;
  /** What every node that remembers a chat must hear of. */
  readonly chatNews: ChatNews;
  readonly signIns: PostgresSignIns;
  readonly subscriptions: PostgresSubscriptions;
  readonly problems: PostgresSubscriptionProblems;
  readonly reading: PostgresReadingProgress;
  readonly histories: PostgresReaderHistories;
  readonly deliveries: PostgresDeliveryLog;
  readonly threads: PostgresChatThreads;
  readonly recentChats: PostgresRecentChats;
  readonly inbox: PostgresInbox;
  readonly shares: PostgresLaneShares;
  /** For work that one node of the cluster does at a time. */
  readonly exclusively: Exclusively;
  readonly copied: PostgresCopiedFiles;
  readonly grants: PostgresFileGrants;
  readonly failed: PostgresFailedEntries;
  readonly pauses: PostgresGraphPauses;
  readonly access: PostgresAccessProblems;
  readonly certificates: StoredEncryptionCertificates;
  /** Removes what served its purpose; resolves to how many rows. */
  cleanUp(): Promise<number>;
}

/** Apart from the others, so that Graph's requests, which must be answered in 3 s, never wait behind the work they bring. */
const intakeConnections = 2;
/** For what need not be on disk before work goes on: ends of entries, which gather in two statements at once. */
const lazyConnections = 2;

/**
 * Opens the database, brings its schema up to date and makes sure of the encryption key. Throws `PostgresError`, and has
 * closed everything again then.
 */
export async function openStorage(options: StorageOptions): Promise<Storage> {
  const { clock, randomness, log } = options;
  const { dataSource, timers } = options;
  await using opening = new AsyncDisposableStack();
  const database = opening.use(new Database({ dataSource, log }));
  const intake = opening.use(new Database({ dataSource, log, maxConnections: intakeConnections }));
  const lazy = opening.use(new Database({ dataSource, log, maxConnections: lazyConnections, isLazy: true }));
  const box = new SecretBox(options.encryptionKey);
  await migrate(database, log);
  await claimEncryptionKey(database, box);
  const session = opening.use(new StandingSession({ database, timers, log }));
  await session.open();
  await mustBelongToUs(session, database);
  const shares = opening.use(new PostgresLaneShares({ session, timers }));
  const certificates = new StoredEncryptionCertificates(database, box, clock, randomness);
  const inbox = new PostgresInbox({ database, intake, lazy }, clock);
  const open = opening.move();
  return {
    database,
    connections: new PostgresConnections(database),
    connectionNews: {
      follow(follower) {
        session.on("connections", (userId) => follower.changed(userId));
        session.follow(follower);
      },
    },
    chatNews: {
      follow: (forget) => session.on("chats", forget),
      async tell(chatId) {
        // Nobody else remembers anything.
        if (shares.isAlone) return;
        await database.query("SELECT pg_notify($1, $2)", [signalChannel, signal("chats", chatId)]);
      },
    },
    signIns: new PostgresSignIns(database, box),
    subscriptions: new PostgresSubscriptions(intake),
    problems: new PostgresSubscriptionProblems(database),
    reading: new PostgresReadingProgress(database),
    histories: new PostgresReaderHistories(database),
    deliveries: new PostgresDeliveryLog(database, clock),
    threads: new PostgresChatThreads(database, clock),
    recentChats: new PostgresRecentChats(database),
    inbox,
    shares,
    exclusively: exclusivelyOn(session),
    copied: new PostgresCopiedFiles(database, clock),
    grants: new PostgresFileGrants(database, box),
    failed: new PostgresFailedEntries(database, inbox, clock),
    pauses: new PostgresGraphPauses(database, clock, session),
    access: new PostgresAccessProblems(database),
    certificates,
    cleanUp: async () => (await removeOld(database, clock)) + (await certificates.removeEnded()),
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}
