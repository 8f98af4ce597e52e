import { afterEach, describe, expect, test } from "bun:test";
import type { JsonObject } from "../json.ts";
import type { AutocompleteNode, CommandArgs, CommandResponse } from "../model/command.ts";
import { startTestInstallation, type TestInstallation } from "../testing/installation.ts";
import { command, node, response } from "../testing/plugin-command.ts";
import type { RestClient } from "../testing/rest-client.ts";

let resources = new AsyncDisposableStack();
afterEach(async () => {
  await resources.disposeAsync();
  resources = new AsyncDisposableStack();
});

interface Scene extends TestInstallation {
  readonly channelId: string;
  readonly teamId: string;
  readonly asked: CommandArgs[];
}

async function start(
  answer: CommandResponse | undefined = response(""),
  autocomplete?: AutocompleteNode,
): Promise<Scene> {
  const installation = resources.use(await startTestInstallation());
  const asked: CommandArgs[] = [];
  installation.plugins.define("teams.plugin", {
    commands: [command("msteams", { autocomplete })],
    execute: async (args) => {
      asked.push(args);
      return answer;
    },
    serveHttp: async (request) =>
      Response.json([{ Item: request.url.split("?")[0], Hint: "", HelpText: "" }]),
  });
  const { team, system } = installation.mattermost;
  const channelId = system.channels.findByName(team.id, "town-square")?.id ?? "";
  return { ...installation, channelId, teamId: team.id, asked };
}

describe("executing a command", () => {
  test("hands the plugin who asked where, under the address that was used", async () => {
    const { mattermost, ada, ben, channelId, teamId, asked } = await start();
    const answer = await ada.post("/commands/execute", {
      channel_id: channelId,
      command: "/msteams tell @ben in ~town-square",
    });
    expect(answer).toMatchObject({ status: 200, json: { text: "", response_type: "ephemeral" } });
    expect(asked).toMatchObject([
      {
        userId: ada.id,
        channelId,
        teamId,
        rootId: "",
        command: "/msteams tell @ben in ~town-square",
        siteURL: mattermost.url,
        userMentions: { ben: ben.id },
        channelMentions: { "town-square": channelId },
      },
    ]);
    expect(asked[0]?.triggerId).toHaveLength(26);
  });

  test("shows an ephemeral answer to the person alone and stores nothing", async () => {
    const { mattermost, ada, channelId } = await start(response("Only for you"));
    const shown = mattermost.system.events.next(({ event }) => event === "ephemeral_message");
    await ada.post("/commands/execute", { channel_id: channelId, command: "/msteams" });
    const { data, broadcast } = await shown;
    expect(broadcast.userId).toBe(ada.id);
    expect(JSON.parse(String(data.post))).toMatchObject({
      message: "Only for you",
      user_id: ada.id,
      type: "system_ephemeral",
    });
    expect((await ada.get(`/channels/${channelId}/posts`)).json).toMatchObject({ order: [] });
  });

  test("posts an answer for the channel in the name of who asked", async () => {
    const { ada, channelId } = await start(response("For all", { responseType: "in_channel" }));
    await ada.post("/commands/execute", { channel_id: channelId, command: "/msteams" });
    const { posts, order } = (await ada.get(`/channels/${channelId}/posts`)).json as {
      posts: Record<string, JsonObject>;
      order: string[];
    };
    expect(posts[order[0] ?? ""]).toMatchObject({ message: "For all", user_id: ada.id });
  });

  test("is refused without a slash, an owner or the right to post", async () => {
    const { mattermost, ada, channelId, asked } = await start();
    const execute = (text: string, channel = channelId) =>
      ada.post("/commands/execute", { channel_id: channel, command: text });
    expect((await execute("msteams")).json).toMatchObject({
      id: "api.command.execute_command.format.app_error",
    });
    expect(await execute("/unknown")).toMatchObject({
      status: 404,
      json: { id: "api.command.execute_command.not_found.app_error" },
    });
    const secret = mattermost.system.channels.create({
      teamId: mattermost.team.id,
      name: "secret",
      displayName: "Secret",
      type: "P",
    });
    expect((await execute("/msteams", secret.id)).status).toBe(403);
    expect((await execute(" /msteams")).status).toBe(400);
    expect(asked).toEqual([]);
  });

  test("in a direct channel needs one of the person's teams, except from administrators", async () => {
    const { mattermost, admin, ada, ben, teamId, asked } = await start();
    const { channels } = mattermost.system;
    const channelId = channels.direct(ada.id, ben.id).channel.id;
    const other = mattermost.system.addTeam("other", "Other").id;
    const execute = async (person: RestClient, channel: string, team?: string) => {
      const place = { channel_id: channel, ...(team === undefined ? {} : { team_id: team }) };
      return (await person.post("/commands/execute", { ...place, command: "/msteams" })).status;
    };
    expect(await execute(ada, channelId)).toBe(403);
    expect(await execute(ada, channelId, other)).toBe(403);
    expect(asked).toEqual([]);
    expect(await execute(ada, channelId, teamId)).toBe(200);
    const own = channels.direct(mattermost.administrator.id, ada.id).channel.id;
    expect(await execute(admin, own)).toBe(200);
    expect(asked.map((args) => args.teamId)).toEqual([teamId, ""]);
  });
});

describe("suggestions", () => {
  const tree = node("msteams", {
    subCommands: [
      node("connect"),
      node("status", { roleId: "system_admin" }),
      node("hidden", { roleId: "" }),
      node("notifications", {
        arguments: [
          {
            name: "",
            helpText: "On or off",
            required: true,
            type: "StaticList",
            items: [
              { item: "on", hint: "h", helpText: "Switches on" },
              { item: "off", hint: "", helpText: "Switches off" },
            ],
          },
          { name: "until", helpText: "When", required: false, type: "TextInput", hint: "[time]" },
        ],
      }),
      node("open", {
        arguments: [
          {
            name: "",
            helpText: "",
            required: true,
            type: "DynamicList",
            fetchURL: "plugins/teams.plugin/chats",
          },
        ],
      }),
    ],
  });
  const completions = async (client: RestClient, teamId: string, typed: string) => {
    const query = new URLSearchParams({ user_input: typed, channel_id: "" });
    const { json } = await client.get(`/teams/${teamId}/commands/autocomplete_suggestions?${query}`);
    return (json as JsonObject[]).map((line) => line.Complete);
  };

  test.each([
    ["/ms", ["msteams"]],
    ["/MST", ["msteams"]],
    ["/x", []],
    ["/msteams ", ["msteams connect", "msteams notifications", "msteams open"]],
    ["/msteams con", ["msteams connect"]],
    ["/msteams s", []],
    ["/msteams notifications ", ["msteams notifications off", "msteams notifications on"]],
    ["/msteams notifications of", ["msteams notifications off"]],
    ["/msteams notifications on ", ["msteams notifications on --until "]],
    ["/msteams notifications on --until tom", ["msteams notifications on --until tom"]],
    ["/msteams open ", ["msteams open /chats"]],
    ["/msteams connect now", []],
  ])("for %p are %p", async (typed, expected) => {
    const { ada, teamId } = await start(undefined, tree);
    expect(await completions(ada, teamId, typed)).toEqual(expected);
  });

  test("show administrators every node", async () => {
    const { admin, teamId } = await start(undefined, tree);
    expect(await completions(admin, teamId, "/msteams ")).toEqual([
      "msteams connect",
      "msteams hidden",
      "msteams notifications",
      "msteams open",
      "msteams status",
    ]);
  });

  test("carry the command's own words where it has no tree", async () => {
    const { ada, teamId } = await start();
    const { json } = await ada.get(`/teams/${teamId}/commands/autocomplete_suggestions?user_input=/ms`);
    expect(json).toEqual([
      {
        Complete: "msteams",
        Suggestion: "msteams",
        Hint: "[what]",
        Description: "Does msteams",
        IconData: "",
      },
    ]);
  });
});
