import type { ConnectionPorts } from "./connection-ports.ts";
import { disconnect } from "./disconnect.ts";
import { tellDisconnected } from "./tell-disconnected.ts";
import { disconnectedByAdministratorText } from "./wording.ts";

export type OtherDisconnected =
  | { readonly kind: "no-such-person" }
  | { readonly kind: "not-connected" }
  | { readonly kind: "disconnected"; readonly account: string; readonly wasTold: boolean };

/**
 * Ends another person's connection for an administrator, and has the bot tell that person. Of two who do so at once one
 * ends it, so it is told once; a deactivated account has nobody to tell.
 */
export async function disconnectOther(ports: ConnectionPorts, username: string): Promise<OtherDisconnected> {
  const person = await ports.users.byUsername(username);
  if (person === undefined) return { kind: "no-such-person" };
  const existing = await ports.connections.byMattermostUser(person.id);
  const ended = await disconnect(ports, person.id);
  if (ended.kind === "not-connected" || existing === undefined) return { kind: "not-connected" };
  const { account } = ended;
  if (!person.isActive) return { kind: "disconnected", account, wasTold: false };
  const wasTold = await tellDisconnected(ports, existing, disconnectedByAdministratorText(account));
  return { kind: "disconnected", account, wasTold };
}
