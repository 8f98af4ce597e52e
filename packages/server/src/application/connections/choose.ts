import { type Choices, holds } from "../../domain/choices.ts";
import type { ConnectionPorts } from "./connection-ports.ts";

export type Chosen =
  | { readonly kind: "not-connected" }
  | { readonly kind: "unchanged" }
  | { readonly kind: "changed" };

/** Changes some choices of a connected person; the same preferences as in Settings > Plugin Preferences. */
export async function choose(
  ports: Pick<ConnectionPorts, "connections" | "preferences">,
  userId: string,
  changes: Partial<Choices>,
): Promise<Chosen> {
  const connection = await ports.connections.byMattermostUser(userId);
  if (connection === undefined) return { kind: "not-connected" };
  if (holds(await ports.preferences.of(userId), changes)) return { kind: "unchanged" };
  await ports.preferences.change(userId, changes);
  return { kind: "changed" };
}
