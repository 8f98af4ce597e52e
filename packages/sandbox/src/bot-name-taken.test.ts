import { expect, test } from "bun:test";
import { startPostgres } from "@msteams-notifications/local-postgres";
import { startMattermost } from "@msteams-notifications/mattermost-host";
import { pluginId } from "@msteams-notifications/server/contract";
import { localBundle } from "./install-plugin.ts";
import { MattermostRestClient } from "./mattermost/rest-client.ts";
import { administrator, password } from "./people.ts";

test("a person who has the bot's name is left alone, and administrators are told to rename them", async () => {
  await using postgres = await startPostgres();
  const dataSource = await postgres.createDatabase("mattermost");
  await using mattermost = await startMattermost({ dataSource, administrator });
  const { users, log, events, channels } = mattermost.system;
  const person = mattermost.addPerson({
    username: "msteams",
    email: "mara@contoso.example",
    displayName: "Mara Steams",
    password,
  });
  const logged = (text: string) =>
    new Promise<void>((resolve) => {
      const watching = log.observe(({ message }) => {
        if (!message.includes(text)) return;
        watching[Symbol.dispose]();
        resolve();
      });
    });
  const admin = await MattermostRestClient.signIn(mattermost.url, administrator.username, password);
  await admin.uploadPlugin(localBundle());
  const refused = logged("The username msteams belongs to a person. Rename the user msteams.");
  await admin.enablePlugin(pluginId);
  await refused;

  const { id } = await admin.me();
  const said = events.next(({ event }) => event === "ephemeral_message");
  await admin.execute((await admin.directChannel(id, id)).id, "/msteams status");
  expect(JSON.parse(String((await said).data.post)).message).toContain("belongs to a person.");
  expect(users.get(person.id)).toMatchObject({ firstName: "Mara", isBot: false });
  expect(users.picture(person.id)).toBeUndefined();
  expect(channels.all().filter(({ type, name }) => type === "D" && name.includes(person.id))).toEqual([]);

  // The settings are still empty, which is what it says next, as its own bot.
  const incomplete = logged("Tenant ID is empty.");
  await admin.request("PUT", `/api/v4/users/${person.id}/patch`, { username: "mara" });
  // Sooner than the plugin looks again by itself.
  await admin.configurePlugin(pluginId, { cloud: "global" });
  await incomplete;
  const bot = users.findByUsername("msteams");
  expect(bot).toMatchObject({ isBot: true, firstName: "MS Teams" });
  expect(users.picture(bot?.id ?? "")?.length).toBeGreaterThan(0);
}, 60_000);
