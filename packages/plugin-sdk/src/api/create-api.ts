import { callerOf, type RpcCaller } from "../contract/call-rows.ts";
import { bots, botsRows } from "./bots.ts";
import { channels, channelsRows } from "./channels.ts";
import { cluster, clusterRows } from "./cluster.ts";
import { commands, commandsRows } from "./commands.ts";
import { configuration, configurationRows } from "./configuration.ts";
import { dialogs, dialogsRows } from "./dialogs.ts";
import { files, filesRows } from "./files.ts";
import { kv, kvRows } from "./kv.ts";
import { log, logRows } from "./log.ts";
import { mail, mailRows } from "./mail.ts";
import { permissions, permissionsRows } from "./permissions.ts";
import { pluginHttp } from "./plugin-http.ts";
import { plugins, pluginsRows } from "./plugins.ts";
import { posts, postsRows } from "./posts.ts";
import { preferences, preferencesRows } from "./preferences.ts";
import { push, pushRows } from "./push.ts";
import { reactions, reactionsRows } from "./reactions.ts";
import { server, serverRows } from "./server.ts";
import { teams, teamsRows } from "./teams.ts";
import { users, usersRows } from "./users.ts";
import { websocket, websocketRows } from "./websocket.ts";

/**
 * Mattermost's plugin API in groups, over the API connection `rpc`. Each function resolves to the value; what Mattermost
 * refuses is thrown as `AppError` or `PluginError`, what the connection refuses as `RpcError`.
 */
export function createApi(rpc: RpcCaller) {
  return {
    bots: bots(callerOf(rpc, botsRows)),
    channels: channels(callerOf(rpc, channelsRows)),
    cluster: cluster(callerOf(rpc, clusterRows)),
    commands: commands(callerOf(rpc, commandsRows)),
    configuration: configuration(callerOf(rpc, configurationRows)),
    dialogs: dialogs(callerOf(rpc, dialogsRows)),
    files: files(callerOf(rpc, filesRows)),
    kv: kv(callerOf(rpc, kvRows)),
    log: log(callerOf(rpc, logRows)),
    mail: mail(callerOf(rpc, mailRows)),
    permissions: permissions(callerOf(rpc, permissionsRows)),
    plugins: {
      ...plugins(callerOf(rpc, pluginsRows)),
      /** Sends an HTTP request to another plugin; the URL's path is `/<plugin id>/…`. */
      fetch: pluginHttp(rpc),
    },
    posts: posts(callerOf(rpc, postsRows)),
    preferences: preferences(callerOf(rpc, preferencesRows)),
    push: push(callerOf(rpc, pushRows)),
    reactions: reactions(callerOf(rpc, reactionsRows)),
    server: server(callerOf(rpc, serverRows)),
    teams: teams(callerOf(rpc, teamsRows)),
    users: users(callerOf(rpc, usersRows)),
    websocket: websocket(callerOf(rpc, websocketRows)),
  };
}

/** What {@link createApi} makes. */
export type Api = ReturnType<typeof createApi>;
