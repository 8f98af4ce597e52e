import { any, field, struct, uint } from "../gob/schema.ts";

/** Go name of the hook that hands over the connections; it is called whether or not the plugin lists it. */
export const onActivateMethod = "Plugin.OnActivate";

/** `Z_OnActivateArgs`: ids of the API and the database connection, which the plugin dials. */
export const OnActivateArgs = struct("Z_OnActivateArgs", {
  apiMuxId: field("APIMuxId", uint),
  driverMuxId: field("DriverMuxId", uint),
});

/** `Z_OnActivateReturns`: an error keeps the plugin from starting. */
export const OnActivateReturns = struct("Z_OnActivateReturns", { error: field("A", any) });
