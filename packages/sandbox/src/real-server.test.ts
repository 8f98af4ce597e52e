import { expect, test } from "bun:test";
import { startPostgres } from "@msteams-notifications/local-postgres";
import { startMattermost } from "@msteams-notifications/mattermost-host";
import { connectPerson } from "./connect-person.ts";
import { eventually } from "./eventually.ts";
import { MattermostRestClient } from "./mattermost/rest-client.ts";
import { administrator, password } from "./people.ts";
import { startBesideRealServer } from "./real-server.ts";

test("beside a server that is there already, its people get Teams accounts and their messages", async () => {
  await using postgres = await startPostgres();
  const dataSource = await postgres.createDatabase("mattermost");
  await using server = await startMattermost({ dataSource, administrator });
  const email = "grace@contoso.example";
  const { id } = server.addPerson({ username: "grace", email, displayName: "Grace Hopper", password });
  const { token } = server.system.tokenFor(server.administrator);

  await using beside = await startBesideRealServer(server.url, token);
  expect(beside.people.map(({ username }) => username)).toContain("grace");
  const grace = await MattermostRestClient.signIn(server.url, "grace", password);
  await connectPerson(grace, email);

  const { directory, conversations, presences } = beside.tenant.tenant;
  const [reader, writer] = [directory.user(email), directory.user("ben@contoso.example")];
  presences.set(reader.id, { availability: "Away" });
  const chat = conversations.create({ chatType: "oneOnOne", memberIds: [reader.id, writer.id] });
  conversations.send(chat.id, { from: { userId: writer.id }, html: "<p>Over here</p>" });
  const bot = await grace.request<{ id: string }>("GET", "/api/v4/users/username/msteams");
  const channel = await grace.directChannel(id, bot.id);
  const post = await eventually("the message", async () =>
    (await grace.posts(channel.id)).find(({ message }) => message.includes("Over here")),
  );
  expect(post.user_id).toBe(bot.id);
}, 60_000);

test("a server without an address of its own is told where to set one", async () => {
  await using server = await startMattermost({ dataSource: "postgres://unused", administrator });
  await server.system.configuration.patch({ ServiceSettings: { SiteURL: "" } });
  const { token } = server.system.tokenFor(server.administrator);
  await expect(startBesideRealServer(server.url, token)).rejects.toThrow("Site URL is empty");
});
