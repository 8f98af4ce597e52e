import { botsRows } from "./bots.ts";
import { channelsRows } from "./channels.ts";
import { clusterRows } from "./cluster.ts";
import { commandsRows } from "./commands.ts";
import { configurationRows } from "./configuration.ts";
import { dialogsRows } from "./dialogs.ts";
import { filesRows } from "./files.ts";
import { kvRows } from "./kv.ts";
import { logRows } from "./log.ts";
import { mailRows } from "./mail.ts";
import { permissionsRows } from "./permissions.ts";
import { pluginsRows } from "./plugins.ts";
import { postsRows } from "./posts.ts";
import { preferencesRows } from "./preferences.ts";
import { pushRows } from "./push.ts";
import { reactionsRows } from "./reactions.ts";
import { serverRows } from "./server.ts";
import { teamsRows } from "./teams.ts";
import { usersRows } from "./users.ts";
import { websocketRows } from "./websocket.ts";

/** Every API method of Mattermost that has the A, B, C… form, by its Go name; both sides work from it. */
export const apiTable = {
  ...botsRows,
  ...channelsRows,
  ...clusterRows,
  ...commandsRows,
  ...configurationRows,
  ...dialogsRows,
  ...filesRows,
  ...kvRows,
  ...logRows,
  ...mailRows,
  ...permissionsRows,
  ...pluginsRows,
  ...postsRows,
  ...preferencesRows,
  ...pushRows,
  ...reactionsRows,
  ...serverRows,
  ...teamsRows,
  ...usersRows,
  ...websocketRows,
};
export type ApiTable = typeof apiTable;
