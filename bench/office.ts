import { paths, pluginId } from "@msteams-notifications/server/contract";
import type { OutboxSettings } from "@msteams-notifications/teams-simulator";
import { connectPerson } from "../packages/sandbox/src/connect-person.ts";
import { password } from "../packages/sandbox/src/people.ts";
import { startSandbox } from "../packages/sandbox/src/sandbox.ts";
import { nowMs } from "./now.ts";
import type { Ends } from "./observation.ts";
import type { Reader } from "./reader.ts";

/** A reader whose connection can be ended. */
export interface LeavingReader extends Reader {
  disconnect(): Promise<void>;
}

export interface Office extends AsyncDisposable {
  readonly ends: Ends;
  /** The database of Mattermost and the plugin. */
  readonly dataSource: string;
  /** How the tenant sends notifications. */
  readonly deliverySettings: OutboxSettings;
  /** One more connected person in a chat of two with the colleague. */
  addReader(): Promise<LeavingReader>;
  /** Lets Mattermost refuse every post until it is disposed. */
  failPosts(): Disposable;
  /** A group of the colleague and the first so many readers. */
  openGroup(members: number): Reader;
  /** For each reader one more chat of two, with another colleague. */
  openOtherChats(): readonly Reader[];
  /** Lets the tenant announce nothing until it is disposed. */
  loseNotifications(): Disposable;
  /** Resolves when the tenant has announced everything that it announces. */
  quiet(): Promise<void>;
  /** Has everybody's last day read at Microsoft, as an administrator does. */
  catchUp(): Promise<void>;
  /** Makes every answer of Graph so many milliseconds late until it is disposed. */
  slowGraph(ms: number): Disposable;
  readonly readers: readonly Reader[];
}

/** The sandbox with so many connected people, each in a chat of two with the same colleague. */
export async function openOffice(people: number): Promise<Office> {
  await using opened = new AsyncDisposableStack();
  const sandbox = opened.use(await startSandbox({ connected: false }));
  const { directory, conversations, presences, deliveries, deliverySettings, faults, drained } =
    sandbox.tenant.tenant;
  const colleague = directory.addUser({ displayName: "Noor Haddad" });
  const teamsIds: string[] = [];
  const addReader = async (): Promise<LeavingReader> => {
    const number = teamsIds.length + 1;
    const username = `reader${number}`;
    const email = `${username}@contoso.example`;
    const user = directory.addUser({
      displayName: `Reader ${number}`,
      userPrincipalName: email,
      mail: email,
    });
    teamsIds.push(user.id);
    presences.set(user.id, { availability: "Away" });
    const chat = conversations.create({ chatType: "oneOnOne", memberIds: [user.id, colleague.id] });
    sandbox.mattermost.addPerson({ username, email, displayName: `Reader ${number}`, password });
    const client = await sandbox.signIn(username);
    await connectPerson(client, email);
    return {
      chatId: chat.id,
      colleagueId: colleague.id,
      people: 1,
      disconnect: () => client.request("DELETE", `/plugins/${pluginId}${paths.connection}`),
    };
  };
  const readers: Reader[] = [];
  for (let number = 0; number < people; number += 1) readers.push(await addReader());
  const kept = opened.move();
  return {
    ends: {
      conversations,
      deliveries,
      posts: {
        listen: (listener) =>
          sandbox.mattermost.system.events.subscribe(({ event, data }) => {
            if (event === "posted") listener(String(data.post), nowMs());
          }),
      },
    },
    dataSource: sandbox.dataSource,
    deliverySettings,
    addReader,
    failPosts() {
      const { faults: failures } = sandbox.mattermost.system;
      failures.set("CreatePost", { failBefore: 1 });
      return { [Symbol.dispose]: () => failures.clear() };
    },
    openGroup(members) {
      const memberIds = [colleague.id, ...teamsIds.slice(0, members)];
      const { id } = conversations.create({ chatType: "group", memberIds, topic: "Harbour" });
      return { chatId: id, colleagueId: colleague.id, people: members };
    },
    openOtherChats() {
      const other = directory.addUser({ displayName: "Ines Duarte" });
      return teamsIds.map((id) => {
        const chat = conversations.create({ chatType: "oneOnOne", memberIds: [id, other.id] });
        return { chatId: chat.id, colleagueId: other.id, people: 1 };
      });
    },
    loseNotifications() {
      faults.setNotifications({ lostShare: 1 });
      return { [Symbol.dispose]: () => faults.setNotifications({ lostShare: 0 }) };
    },
    quiet: drained,
    async catchUp() {
      const { admin } = sandbox;
      const { id: adminId } = await admin.me();
      const { id: channelId } = await admin.directChannel(adminId, adminId);
      await admin.execute(channelId, "/msteams admin catch-up");
    },
    slowGraph: (ms) => faults.arm({ kind: "latency", ms }),
    readers,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}
