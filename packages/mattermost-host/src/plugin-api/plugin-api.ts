import { AppError as WireError } from "@msteams-notifications/plugin-sdk";
import type { ApiImplementation } from "@msteams-notifications/plugin-sdk/host";
import { AppError } from "../app-error.ts";
import type { Faults } from "../system/faults.ts";
import { botsApi } from "./bots.ts";
import type { Caller } from "./caller.ts";
import { channelsApi } from "./channels.ts";
import { commandsApi } from "./commands.ts";
import { configurationApi } from "./configuration.ts";
import { dialogsApi } from "./dialogs.ts";
import { eventsApi } from "./events.ts";
import { filesApi } from "./files.ts";
import { keyValuesApi } from "./key-values.ts";
import { permissionsApi } from "./permissions.ts";
import { pluginsApi } from "./plugins.ts";
import { postsApi } from "./posts.ts";
import { preferencesApi } from "./preferences.ts";
import { serverApi } from "./server.ts";
import { usersApi } from "./users.ts";

/** Everything this server answers a plugin; a method that is not here is refused with status 501 and its name. */
export function pluginApi(caller: Caller): ApiImplementation {
  const all: ApiImplementation = {
    ...botsApi(caller),
    ...channelsApi(caller),
    ...commandsApi(caller),
    ...configurationApi(caller),
    ...dialogsApi(caller),
    ...eventsApi(caller),
    ...filesApi(caller),
    ...keyValuesApi(caller),
    ...permissionsApi(caller),
    ...pluginsApi(caller),
    ...postsApi(caller),
    ...preferencesApi(caller),
    ...serverApi(caller),
    ...usersApi(caller),
  };
  return withFaults(all, caller.system.faults);
}

/** Each call may fail on purpose, and every failure travels in Mattermost's form. */
function withFaults(api: ApiImplementation, faults: Faults): ApiImplementation {
  const methods: Readonly<Record<string, (...args: never[]) => unknown>> = { ...api };
  const entries = Object.entries(methods).map(([name, method]) => {
    const answer = async (...args: never[]) => {
      try {
        return await faults.around(name, () => method(...args));
      } catch (error) {
        throw error instanceof AppError ? wireError(error, name) : error;
      }
    };
    return [name, answer];
  });
  return Object.fromEntries(entries) as ApiImplementation;
}

function wireError(error: AppError, method: string): WireError {
  const { id, message, statusCode, detail: detailedError } = error;
  return new WireError({ id, message, statusCode, detailedError, where: error.where || method });
}
