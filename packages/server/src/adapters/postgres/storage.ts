import type { Clock } from "../../application/clock.ts";
import type { InboxTasks } from "../../application/inbox/inbox.ts";
import type { Log } from "../../application/log.ts";
import type { Randomness } from "../../application/randomness.ts";
import { PostgresAccessProblems } from "./access-problems.ts";
import { PostgresChatThreads } from "./chat-threads.ts";
import { PostgresConnections } from "./connection-store.ts";
import { PostgresCopiedFiles } from "./copied-files.ts";
import { Database } from "./database.ts";
import { PostgresDeliveryLog } from "./delivery-log.ts";
import { StoredEncryptionCertificates } from "./encryption-certificates.ts";
import { claimEncryptionKey } from "./encryption-key.ts";
import { PostgresFailedEntries } from "./failed-entries.ts";
import { PostgresFileGrants } from "./file-grants.ts";
import { PostgresGraphPauses } from "./graph-pauses.ts";
import { PostgresInbox } from "./inbox.ts";
import { migrate } from "./migrate.ts";
import { PostgresReaderHistories } from "./reader-histories.ts";
import { PostgresReadingProgress } from "./reading-progress.ts";
import { PostgresRecentChats } from "./recent-chats.ts";
import { removeOld } from "./retention.ts";
import { SecretBox } from "./secret-box.ts";
import { PostgresSignIns } from "./sign-in-store.ts";
import { PostgresSubscriptionProblems } from "./subscription-problems.ts";
import { PostgresSubscriptions } from "./subscription-store.ts";
import { InboxWorker, type RecurringTask } from "./worker.ts";

export interface StorageOptions {
  /** Mattermost's own data source, as its configuration gives it. */
  readonly dataSource: string;
  /** The encryption key of the settings. */
  readonly encryptionKey: string;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
}

/** Everything kept in PostgreSQL. */
export interface Storage extends AsyncDisposable {
  readonly database: Database;
  readonly connections: PostgresConnections;
  readonly signIns: PostgresSignIns;
  readonly subscriptions: PostgresSubscriptions;
  readonly problems: PostgresSubscriptionProblems;
  readonly reading: PostgresReadingProgress;
  readonly histories: PostgresReaderHistories;
  readonly deliveries: PostgresDeliveryLog;
  readonly threads: PostgresChatThreads;
  readonly recentChats: PostgresRecentChats;
  readonly inbox: PostgresInbox;
  readonly copied: PostgresCopiedFiles;
  readonly grants: PostgresFileGrants;
  readonly failed: PostgresFailedEntries;
  readonly pauses: PostgresGraphPauses;
  readonly access: PostgresAccessProblems;
  readonly certificates: StoredEncryptionCertificates;
  /** Works off the inbox and what recurs, with the nightly clean-up, until disposed; dispose it before the storage. */
  startWorker(tasks: InboxTasks, recurring: readonly RecurringTask[]): Promise<InboxWorker>;
}

/** Apart from the others, so that Graph's requests, which must be answered in 3 s, never wait behind the work they bring. */
const intakeConnections = 2;

/** At night, and not on the hour, when everybody's jobs run. */
const cleanUpSchedule = "17 3 * * *";

/**
 * Opens the database, brings its schema up to date and makes sure of the encryption key. Throws `PostgresError`, and has
 * closed everything again then.
 */
export async function openStorage(options: StorageOptions): Promise<Storage> {
  const { clock, randomness, log } = options;
  const database = new Database({ dataSource: options.dataSource, log });
  const intake = new Database({ dataSource: options.dataSource, log, maxConnections: intakeConnections });
  const close = async () => {
    await intake[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
  };
  const box = new SecretBox(options.encryptionKey);
  try {
    await migrate(database, log);
    await claimEncryptionKey(database, box);
  } catch (error) {
    await close();
    throw error;
  }
  const certificates = new StoredEncryptionCertificates(database, box, clock, randomness);
  const cleanUp: RecurringTask = {
    name: "clean-up",
    schedule: cleanUpSchedule,
    async run() {
      const removed = (await removeOld(database, clock, log)) + (await certificates.removeEnded());
      log.info("Old records removed", { removed });
    },
  };
  return {
    database,
    connections: new PostgresConnections(database),
    signIns: new PostgresSignIns(database, box),
    subscriptions: new PostgresSubscriptions(intake),
    problems: new PostgresSubscriptionProblems(database),
    reading: new PostgresReadingProgress(database),
    histories: new PostgresReaderHistories(database),
    deliveries: new PostgresDeliveryLog(database, clock),
    threads: new PostgresChatThreads(database, clock),
    recentChats: new PostgresRecentChats(database),
    inbox: new PostgresInbox(database, clock, intake),
    copied: new PostgresCopiedFiles(database, clock),
    grants: new PostgresFileGrants(database, box),
    failed: new PostgresFailedEntries(database, clock),
    pauses: new PostgresGraphPauses(database, clock),
    access: new PostgresAccessProblems(database),
    certificates,
    startWorker: (tasks, recurring) =>
      InboxWorker.start({ database, tasks, recurring: [...recurring, cleanUp], clock, log }),
    [Symbol.asyncDispose]: close,
  };
}
