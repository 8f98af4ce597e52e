import { GraphChats } from "../adapters/graph/chats.ts";
import { GraphClient } from "../adapters/graph/client.ts";
import { GraphHostedContents } from "../adapters/graph/hosted-contents.ts";
import { RichNotificationDecryption } from "../adapters/graph/notification-decryption.ts";
import { GraphPresences } from "../adapters/graph/presences.ts";
import { RequestTurns } from "../adapters/graph/request-turns.ts";
import { EntraSignIn } from "../adapters/graph/sign-in.ts";
import { GraphSubscriptionRoutes } from "../adapters/graph/subscriptions.ts";
import { ApplicationTokens, TokenError } from "../adapters/graph/tokens.ts";
import { GraphValidationTokens } from "../adapters/graph/validation-tokens.ts";
import { openStorage, type Storage } from "../adapters/postgres/storage.ts";
import { Access } from "../application/access/access.ts";
import type { ResyncRequests } from "../application/catch-up/resync-requests.ts";
import type { ChatPorts } from "../application/chats/chat-ports.ts";
import { listChats } from "../application/chats/list-chats.ts";
import { meantChat, muteChat, unmuteChat } from "../application/chats/mute-chat.ts";
import { choose } from "../application/connections/choose.ts";
import type { ConnectionPorts } from "../application/connections/connection-ports.ts";
import { connectionStatus } from "../application/connections/connection-status.ts";
import { disconnect } from "../application/connections/disconnect.ts";
import { disconnectOther } from "../application/connections/disconnect-other.ts";
import { finishConnection } from "../application/connections/finish-connection.ts";
import { noticeEndedSnoozes } from "../application/connections/notice-ended-snoozes.ts";
import { openLink } from "../application/connections/open-link.ts";
import { chooseQuietHours } from "../application/connections/quiet-hours.ts";
import { RememberedConnections } from "../application/connections/remembered-connections.ts";
import { snooze } from "../application/connections/snooze.ts";
import { startConnection } from "../application/connections/start-connection.ts";
import { decisionOfPost, lastDecisions } from "../application/deliveries/last-decisions.ts";
import type { Holding } from "../application/inbox/inbox.ts";
import { InboxRoom } from "../application/inbox/inbox-room.ts";
import { InboxWorker } from "../application/inbox/inbox-worker.ts";
import type { Integration } from "../application/integration.ts";
import { ChatMemory } from "../application/notifications/chat-memory.ts";
import { chatMessageRules } from "../application/notifications/chat-message-rules.ts";
import type { ProcessParts } from "../application/notifications/message-in-hand.ts";
import { type NoteAct, notedActs } from "../application/notifications/noted-acts.ts";
import type { OpenedMessage } from "../application/notifications/opened-message.ts";
import { PresenceBatch } from "../application/notifications/presence-batch.ts";
import { NotificationTasks } from "../application/notifications/process-notification.ts";
import { receiveChanges } from "../application/notifications/receive-changes.ts";
import { receiveLifecycle } from "../application/notifications/receive-lifecycle.ts";
import type { RetellingParts } from "../application/notifications/retelling.ts";
import { SenderNames } from "../application/notifications/sender-names.ts";
import { SnippetMemory } from "../application/notifications/snippet-memory.ts";
import { Triage } from "../application/notifications/triage.ts";
import { Subscriptions } from "../application/subscriptions/subscriptions.ts";
import type { Config } from "../config.ts";
import type { ChatMessage } from "../domain/chat-message.ts";
import type { ChoiceLimits } from "../domain/choices.ts";
import { renderAsItStands } from "../domain/rendering/render-as-it-stands.ts";
import { renderThreadRoot } from "../domain/rendering/thread-root.ts";
import { catchingUp } from "./catching-up.ts";
import { type Copying, copying } from "./copying.ts";
import { endDepartures } from "./end-departures.ts";
import { keepSubscriptions, reconcileSchedule } from "./keep-subscriptions.ts";
import { recurringWork } from "./recurring-work.ts";
import type { Surroundings } from "./surroundings.ts";

/** As long as somebody who ended a snooze may wait whom nobody heard. */
const noticeSchedule = "*/5 * * * *";
const noticeAfterStartMs = 5_000;

/** At night, and not on the hour, when everybody's jobs run. */
const cleanUpSchedule = "17 3 * * *";

export interface RunningIntegration extends Integration, AsyncDisposable {}

/**
 * Everything at work for one configuration. Throws `PostgresError`, and `TokenError` when Microsoft refuses the
 * credentials; when Microsoft only cannot be reached, messages that are stored already are worked on all the same.
 */
export async function startIntegration(
  surroundings: Surroundings,
  config: Config,
  dataSource: string,
): Promise<RunningIntegration> {
  const { clock, log } = surroundings;
  const entra = {
    loginUrl: config.cloud.login,
    graphUrl: config.cloud.graph,
    tenantId: config.tenantId,
    clientId: config.clientId,
    clientSecret: config.clientSecret,
  };
  const tokens = new ApplicationTokens(entra, clock);
  await tokens.current().catch((error: unknown) => {
    if (!(error instanceof TokenError && error.retryable)) throw error;
    log.warn("Microsoft cannot be reached at the moment", { code: error.code });
  });
  const resources = new AsyncDisposableStack();
  try {
    const { encryptionKey } = config;
    const storage = resources.use(await openStorage({ ...surroundings, dataSource, encryptionKey }));
    const { pauses } = storage;
    const turns = new RequestTurns({ clock, timers: surroundings.timers, pauses });
    const graph = new GraphClient({ graphUrl: entra.graphUrl, tokens, clock, log, turns });
    const pluginUrl = `${config.siteUrl}/plugins/${surroundings.pluginId}`;
    const room = new InboxRoom({ pending: (limit) => storage.inbox.pending(limit), clock, log });
    const inbox = new InboxWorker<OpenedMessage<ChatMessage>>({
      ...surroundings,
      store: storage.inbox,
      shares: storage.shares,
      mayHold: () => room.mayHold(),
    });
    const copies = await copying({ surroundings, config, storage, graph, turns, inbox, entra });
    const people = new RememberedConnections(storage.connections);
    storage.connectionNews.follow(people);
    const retelling = retellingOf(surroundings, config, { storage, graph, people });
    const limits = { show: config.mostShown };
    const pipeline = pipelineOf(surroundings, {
      ...{ storage, graph, copies, people, retelling, limits },
      holding: inbox,
      noteAct: notedActs({ isAnyHeld: () => room.isAnyHeld, sightings: storage.histories }),
    });
    const access = new Access({ ...surroundings, ...surroundings.mattermost, problems: storage.access });
    const catching = resources.use(
      catchingUp({ surroundings, config, storage, graph, access, room, inbox, rules: pipeline.rules }),
    );
    const { resync } = catching;
    const subscriptions = subscriptionsOf(surroundings, config, { storage, graph, resync, pluginUrl });
    const keeper = resources.use(
      keepSubscriptions({ ...surroundings, subscriptions, exclusively: storage.exclusively }),
    );
    const ports: ConnectionPorts = {
      ...surroundings,
      ...surroundings.mattermost,
      connections: storage.connections,
      signIns: storage.signIns,
      signIn: new EntraSignIn({ ...entra, furtherScopes: copies.scopes }),
      subscriptions,
      fileGrants: copies.grants,
      limits,
      tenantId: config.tenantId,
      pluginUrl,
    };
    const ofChats: ChatPorts = {
      ...ports,
      timers: surroundings.timers,
      recent: storage.recentChats,
      chats: retelling.chats,
    };
    const reconsiderHeld = (userId: string) => storage.inbox.releaseOf(userId);
    const noticeSnoozes = () =>
      noticeEndedSnoozes({
        ...ofChats,
        heldBeyond: (atMs) => storage.inbox.heldBeyond(atMs),
        reconsiderHeld,
      });
    // Who ended a snooze while this node started, and had no ear for it.
    resources.use(
      surroundings.timers.after(noticeAfterStartMs, () => void noticeSnoozes().catch(() => undefined)),
    );
    const isLetIn = () =>
      tokens.current().then(
        () => true,
        () => false,
      );
    const departures = resources.use(endDepartures(ports, storage.exclusively, isLetIn));
    resources.use(
      recurringWork({ ...surroundings, exclusively: storage.exclusively }, [
        { name: "reconcile-subscriptions", schedule: reconcileSchedule, run: () => keeper.reconcile() },
        ...catching.recurring,
        departures.recurring,
        { name: "notice-ended-snoozes", schedule: noticeSchedule, run: noticeSnoozes },
        {
          name: "clean-up",
          schedule: cleanUpSchedule,
          run: async () => log.info("Old records removed", { removed: await storage.cleanUp() }),
        },
      ]),
    );
    await resources.use(inbox).start(copies.around(new NotificationTasks(pipeline), retelling));
    // Before the worker, which waits for the work in its hands.
    resources.use(copies);
    await catching.start();
    const receiving = {
      ...surroundings,
      inbox,
      room,
      triage: new Triage({ ...pipeline, connections: people }),
      tokens: new GraphValidationTokens(entra, { clock }),
      webhookSecret: config.webhookSecret,
      tenantId: config.tenantId,
    };
    return {
      loginUrl: config.cloud.login,
      pluginUrl,
      start: (request) => startConnection(ports, request),
      open: (request) => openLink(ports, request),
      finish: (request) => finishConnection(ports, request),
      disconnect: (userId) => disconnect(ports, userId),
      disconnectOther: (username) => disconnectOther(ports, username),
      connectionOf: (userId) => connectionStatus(ports, userId),
      choose: (userId, changes) => choose(ports, userId, changes),
      snooze: (userId, until) => snooze({ ...ofChats, reconsiderHeld }, userId, until),
      quietHours: (userId, typed) => chooseQuietHours({ ...ofChats, reconsiderHeld }, userId, typed),
      reconsiderHeld,
      decisions: (userId) => lastDecisions({ ...ofChats, deliveries: storage.deliveries }, userId),
      decisionOfPost: (userId, postId) =>
        decisionOfPost({ ...ofChats, deliveries: storage.deliveries }, userId, postId),
      chats: (userId) => listChats(ofChats, userId),
      chatOfPost: (userId, postId) => meantChat(ofChats, userId, { kind: "post", postId }),
      mute: (userId, request) => muteChat(ofChats, userId, request),
      unmute: (userId, chat) => unmuteChat(ofChats, userId, chat),
      notificationsSwitched: (userId, on) => storage.histories.noteSwitch(userId, on, clock.now()),
      receiveChanges: (json) => receiveChanges({ ...receiving, subscriptions: storage.subscriptions }, json),
      receiveLifecycle: (json) =>
        receiveLifecycle({ ...receiving, store: storage.subscriptions, subscriptions, resync }, json),
      recentDeliveries: (limit) => storage.deliveries.recent(limit),
      backlog: () => storage.inbox.counts(),
      failures: (limit) => storage.failed.failures(limit),
      replay: (which) => storage.failed.replay(which),
      catchUp: () => catching.ask(),
      overview: async () => ({
        connectedPeople: await storage.connections.count(),
        subscriptions: await subscriptions.status(),
        access: await access.list(),
        backlog: await storage.inbox.counts(),
        waitingToCatchUp: await storage.reading.waiting(),
        noCatchUp: catching.impossible,
        peopleWithoutFiles: (await copies.grants?.countMissing()) ?? 0,
      }),
      [Symbol.asyncDispose]: () => resources.disposeAsync(),
    };
  } catch (error) {
    await resources.disposeAsync();
    throw error;
  }
}

function subscriptionsOf(
  surroundings: Surroundings,
  config: Config,
  parts: {
    readonly storage: Storage;
    readonly graph: GraphClient;
    readonly resync: ResyncRequests;
    readonly pluginUrl: string;
  },
): Subscriptions {
  const { storage, graph, resync, pluginUrl } = parts;
  const { webhookSecret, syncNotifications, subscriptionScope: scope } = config;
  return new Subscriptions({
    ...surroundings,
    graph: new GraphSubscriptionRoutes(graph),
    store: storage.subscriptions,
    problems: storage.problems,
    resync,
    connections: storage.connections,
    certificates: storage.certificates,
    settings: { scope, syncNotifications, webhookSecret, pluginUrl },
  });
}

/** How messages become posts, and what is remembered for that. */
function retellingOf(
  surroundings: Surroundings,
  { cloud }: Config,
  {
    storage,
    graph,
    people,
  }: { readonly storage: Storage; readonly graph: GraphClient; readonly people: RememberedConnections },
): RetellingParts<ChatMessage> {
  const chats = new ChatMemory(new GraphChats(graph), surroundings.clock, storage.chatNews);
  const snippets = new SnippetMemory({ ...surroundings, contents: new GraphHostedContents(graph) });
  return {
    log: surroundings.log,
    rules: chatMessageRules({
      render: (message, context) =>
        renderAsItStands(message, { ...context, cloud, snippets: snippets.known(message) }),
      renderThread: (message, reader, chat, within) =>
        renderThreadRoot(message, { reader, chat, cloud, ...within }),
    }),
    prepare: (message) => snippets.fetch(message),
    chats,
    names: new SenderNames({
      ...surroundings,
      chats,
      connections: people,
      users: surroundings.mattermost.names,
    }),
  };
}

function pipelineOf(
  surroundings: Surroundings,
  parts: {
    readonly storage: Storage;
    readonly graph: GraphClient;
    readonly copies: Copying;
    readonly people: RememberedConnections;
    readonly retelling: RetellingParts<ChatMessage>;
    readonly limits: ChoiceLimits;
    readonly holding: Holding;
    readonly noteAct: NoteAct;
  },
): ProcessParts<ChatMessage> {
  const { storage, graph, copies, people, retelling, limits, holding, noteAct } = parts;
  const chats = new GraphChats(graph);
  return {
    ...surroundings,
    ...surroundings.mattermost,
    ...retelling,
    limits,
    holding,
    noteAct,
    files: storage.copied,
    afterPosting: copies.afterPosting,
    decryption: new RichNotificationDecryption((id) => storage.certificates.privateKey(id)),
    fetchMessage: ({ chatId, messageId }) => chats.message(chatId, messageId),
    presences: new PresenceBatch({ ...surroundings, source: new GraphPresences(graph) }),
    connections: people,
    deliveries: storage.deliveries,
    threads: storage.threads,
    histories: storage.histories,
    random: Math.random,
  };
}
