import { hookOf } from "./tell-plugins.ts";

/** Hooks of a plugin's life and those whose answer counts; the others only tell of something. */
const askedHooks = [
  "ExecuteCommand",
  "MessageWillBePosted",
  "MessageWillBeUpdated",
  "OnActivate",
  "OnConfigurationChange",
  "OnDeactivate",
  "OnPluginClusterEvent",
  "ServeHTTP",
  "ServeMetrics",
  "UserWillLogIn",
] as const;

/** A hook that this server calls. */
export type CalledHook = (typeof askedHooks)[number] | (typeof hookOf)[keyof typeof hookOf];

/** All of them; the rest of Mattermost's hooks never run here. */
export const calledHooks: readonly CalledHook[] = [...askedHooks, ...Object.values(hookOf)];
