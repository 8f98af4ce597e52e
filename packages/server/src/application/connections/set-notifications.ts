import type { ConnectionPorts } from "./connection-ports.ts";

export type NotificationsSet =
  | { readonly kind: "not-connected" }
  | { readonly kind: "unchanged"; readonly on: boolean }
  | { readonly kind: "changed"; readonly on: boolean };

/** Switches a connected person's notifications; the same preference as in Settings > Plugin Preferences. */
export async function setNotifications(
  ports: Pick<ConnectionPorts, "connections" | "preferences">,
  userId: string,
  on: boolean,
): Promise<NotificationsSet> {
  const connection = await ports.connections.byMattermostUser(userId);
  if (connection === undefined) return { kind: "not-connected" };
  if ((await ports.preferences.of(userId)).notificationsOn === on) return { kind: "unchanged", on };
  await ports.preferences.change(userId, { notificationsOn: on });
  return { kind: "changed", on };
}
