import { runPlugin } from "@msteams-notifications/plugin-sdk/run";

// Loaded after the handshake, for which Mattermost waits three seconds only.
await runPlugin(() => import("./plugin.ts"));
