import { afterAll, beforeAll, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { startPostgres } from "@msteams-notifications/local-postgres";
import { type RunningMattermost, startMattermost } from "@msteams-notifications/mattermost-host";
import { paths, pluginId } from "@msteams-notifications/server/contract";
import { type RunningTenant, startTenant } from "@msteams-notifications/teams-simulator";
import { connectPerson } from "./connect-person.ts";
import { localBundle } from "./install-plugin.ts";
import { MattermostRestClient } from "./mattermost/rest-client.ts";
import { ada, administrator, ben, password } from "./people.ts";
import { type AppCredentials, seedTenant } from "./seed-tenant.ts";

let opened: AsyncDisposableStack;
let tenant: RunningTenant;
let mattermost: RunningMattermost;
let admin: MattermostRestClient;
let reader: MattermostRestClient;
let app: AppCredentials;
/** The process of the plugin's first start. */
let firstProcess: number | undefined;

beforeAll(async () => {
  opened = new AsyncDisposableStack();
  const postgres = opened.use(await startPostgres());
  tenant = opened.use(await startTenant());
  const dataSource = await postgres.createDatabase("mattermost");
  mattermost = opened.use(await startMattermost({ dataSource, administrator }));
  const { username, displayName, teamsEmail: email } = ada;
  mattermost.addPerson({ username, displayName, email, password });
  const { users } = mattermost.system;
  const bot = users.createBot({ ...anothersBot, username: "msteams" });
  users.setPicture(bot.userId, anothersPicture);
  admin = await MattermostRestClient.signIn(mattermost.url, administrator.username, password);
  reader = await MattermostRestClient.signIn(mattermost.url, username, password);
  app = seedTenant(tenant, [ada, ben], mattermost.url);
  await admin.uploadPlugin(localBundle());
});
afterAll(() => opened.disposeAsync());

/** As the plugin leaves it that had the bot before. */
const anothersBot = {
  displayName: "Teams",
  description: "Created by the MS Teams Sync plugin.",
  ownerId: "com.mattermost.msteams-sync",
};
const anothersPicture = readFileSync(
  fileURLToPath(new URL("./page/examples/mooring-plan.png", import.meta.url)),
);

const atWork = "Microsoft Teams Notifications is at work";
const notSetUp = "Microsoft Teams Notifications is not set up yet. Please ask your system administrator.";
const emptyTenant = "Not set up yet: Tenant ID is empty.";
const vanishedKey = "Not set up yet: The encryption key has vanished from the settings.";

/** The plugin's stored settings, secrets included. */
const stored = () => mattermost.system.configuration.pluginSettings(pluginId);
const configure = (settings: Readonly<Record<string, unknown>>) => admin.configurePlugin(pluginId, settings);

/** The next line of the log that begins with `text`. Ask before it is written. */
function logged(text: string): Promise<void> {
  return new Promise((resolve) => {
    const watching = mattermost.log.observe(({ message }) => {
      if (!message.startsWith(text)) return;
      watching[Symbol.dispose]();
      resolve();
    });
  });
}

/** Does something and waits for what the log says of it. */
async function until(text: string, work: () => Promise<unknown>): Promise<void> {
  await Promise.all([logged(text), work()]);
}

const timesLogged = (text: string) =>
  mattermost.log.records.filter(({ message }) => message.startsWith(text)).length;

/** What the bot says to a command, typed in the person's own channel. */
async function answerTo(person: MattermostRestClient, command: string): Promise<string> {
  const { id } = await person.me();
  const channel = await person.directChannel(id, id);
  const said = mattermost.system.events.next(
    ({ event, broadcast }) => event === "ephemeral_message" && broadcast.userId === id,
  );
  await person.execute(channel.id, command);
  return JSON.parse(String((await said).data.post)).message;
}

const connection = () => reader.request<{ state: string }>("GET", `/plugins/${pluginId}${paths.connection}`);

/** A message to Ada, who is away; resolves with the post that brings it. */
async function deliver(text: string): Promise<string> {
  const { directory, conversations } = tenant.tenant;
  const posted = mattermost.system.events.next(
    ({ event, data }) => event === "posted" && String(data.post).includes(text),
  );
  const [chat] = conversations.ofUser(directory.user(ada.teamsEmail).id);
  conversations.send(chat?.id ?? "", { from: { userId: directory.user(ben.teamsEmail).id }, text });
  return JSON.parse(String((await posted).data.post)).message;
}

test("the first start makes both secrets, keeps the plugin active and says what is missing", async () => {
  await until("Not set up yet: Client secret", () => admin.enablePlugin(pluginId));
  firstProcess = mattermost.nodes[0]?.plugins.processOf(pluginId);
  expect(stored().webhooksecret).toMatch(/^[\w-]{43}$/);
  expect(stored().encryptionkey).toMatch(/^[\w-]{32}$/);
  expect(timesLogged("Secrets of the plugin were generated")).toBe(1);
  const said = await answerTo(admin, "/msteams status");
  for (const setting of ["Tenant ID", "Client ID", "Client secret"])
    expect(said).toContain(`- ${setting} is empty.`);
  for (const command of ["/msteams status", "/msteams connect"])
    expect(await answerTo(reader, command)).toBe(notSetUp);
});

test("the bot that another plugin had gets our picture and names, and keeps its id", async () => {
  const { users } = mattermost.system;
  const bot = users.findByUsername("msteams");
  expect(users.bots().map(({ userId }) => userId)).toEqual([bot?.id ?? ""]);
  expect(bot).toMatchObject({
    firstName: "MS Teams",
    botDescription: "Brings Microsoft Teams chat messages while you are away from Teams.",
  });
  const picture = readFileSync(fileURLToPath(new URL("../../../assets/bot.png", import.meta.url)));
  expect(Buffer.from(users.picture(bot?.id ?? "") ?? [])).toEqual(picture);
});

test("settings that become complete start it without a restart, with the secrets it made", async () => {
  const { webhooksecret, encryptionkey } = stored();
  const { loginUrl: loginurl, graphUrl: graphurl, teamsUrl: teamsurl } = tenant;
  const { tenantId: tenantid, clientId: clientid, clientSecret: clientsecret } = app;
  await until(atWork, () =>
    configure({ cloud: "custom", loginurl, graphurl, teamsurl, tenantid, clientid, clientsecret }),
  );
  expect(stored()).toMatchObject({ webhooksecret, encryptionkey });
  await connectPerson(reader, ada.teamsEmail);
  expect(await deliver("The first message")).toContain("Ben Okafor");
});

test("a wrong client secret is told to administrators with Entra's number, and only to them", async () => {
  const refused = "Not set up yet: Microsoft refused the application's credentials.";
  await until(refused, () => configure({ clientsecret: "of another application" }));
  expect(await answerTo(admin, "/msteams status")).toContain("(AADSTS7000215)");
  expect(await answerTo(reader, "/msteams status")).toBe(notSetUp);
  expect(await connection()).toEqual({ state: "not-set-up" });
});

test("an emptied tenant ID is told, and logged once however often the settings change", async () => {
  const before = timesLogged(emptyTenant);
  await until(emptyTenant, () => configure({ tenantid: "" }));
  expect(await answerTo(admin, "/msteams status")).toContain("Tenant ID is empty.");
  expect(await answerTo(reader, "/msteams status")).toBe(notSetUp);
  // Another look at the settings, which finds the tenant ID still empty.
  await until("Not set up yet: Client ID is empty.", () => configure({ clientid: "" }));
  expect(timesLogged(emptyTenant)).toBe(before + 1);
});

test("settings put right bring everything back as it was, without a restart", async () => {
  const subscribed = tenant.tenant.subscriptions.all.map(({ id }) => id);
  const { tenantId: tenantid, clientId: clientid, clientSecret: clientsecret } = app;
  await until(atWork, () => configure({ tenantid, clientid, clientsecret }));
  expect(await connection()).toMatchObject({ state: "connected", account: ada.teamsEmail });
  expect(await deliver("After the wrong settings")).toContain("Ben Okafor");
  expect(subscribed).toHaveLength(1);
  expect(tenant.tenant.subscriptions.all.map(({ id }) => id)).toEqual(subscribed);
  expect(mattermost.nodes[0]?.plugins.processOf(pluginId)).toBe(firstProcess);
});

test("an encryption key that vanished or is another one is told and never replaced", async () => {
  const { encryptionkey } = stored();
  await until(vanishedKey, () => configure({ encryptionkey: "" }));
  expect(await answerTo(admin, "/msteams status")).toContain("Put the former key back under Encryption key.");
  expect(await answerTo(reader, "/msteams status")).toBe(notSetUp);
  const other = "k".repeat(32);
  const changed = "Not set up yet: The encryption key of the settings is not the one";
  await until(changed, () => configure({ encryptionkey: other }));
  expect(await answerTo(admin, "/msteams status")).toContain("Put the former key back under Encryption key.");
  await until(vanishedKey, () => configure({ encryptionkey: null }));
  expect(stored().encryptionkey).toBeNull();

  await until(atWork, () => configure({ encryptionkey }));
  expect(await connection()).toMatchObject({ state: "connected", account: ada.teamsEmail });
  expect(await deliver("With the former key")).toContain("Ben Okafor");
  expect(mattermost.nodes[0]?.plugins.processOf(pluginId)).toBe(firstProcess);
});

test("none of the secrets is ever in the log", () => {
  const log = JSON.stringify(mattermost.log.records);
  const { webhooksecret, encryptionkey } = stored();
  for (const secret of [webhooksecret, encryptionkey, app.clientSecret, "of another application"])
    expect(log).not.toContain(String(secret));
});
