import {
  type ChoiceLimits,
  type Choices,
  defaultChoices,
  holds,
  withinLimits,
} from "../../domain/choices.ts";
import type { ConnectionPorts } from "./connection-ports.ts";

export type Chosen =
  | { readonly kind: "not-connected" }
  /** The administrator allows no more than this; nothing was changed. */
  | { readonly kind: "not-allowed"; readonly limits: ChoiceLimits }
  | { readonly kind: "unchanged" }
  | { readonly kind: "changed" };

/** Changes some choices of a connected person; the same preferences as in Settings > Plugin Preferences. */
export async function choose(
  ports: Pick<ConnectionPorts, "connections" | "preferences" | "limits">,
  userId: string,
  changes: Partial<Choices>,
): Promise<Chosen> {
  const connection = await ports.connections.byMattermostUser(userId);
  if (connection === undefined) return { kind: "not-connected" };
  const asked = { ...defaultChoices, ...changes };
  // Also where it is so already: it is not in force.
  if (!holds(withinLimits(asked, ports.limits), changes))
    return { kind: "not-allowed", limits: ports.limits };
  if (holds(await ports.preferences.of(userId), changes)) return { kind: "unchanged" };
  await ports.preferences.change(userId, changes);
  return { kind: "changed" };
}
