import { type AccountCheck, checkAccount } from "../../domain/account-check.ts";
import type { MattermostUser } from "../mattermost/mattermost-users.ts";
import type { ConnectionPorts } from "./connection-ports.ts";
import type { SignInAccount } from "./sign-in-port.ts";

/** Looks up who is connected already and asks the domain whether this account becomes the person's. */
export async function checkSignedInAccount(
  ports: Pick<ConnectionPorts, "clock" | "connections" | "tenantId">,
  person: MattermostUser,
  account: SignInAccount,
): Promise<AccountCheck> {
  const [connectionOfPerson, connectionOfAccount] = await Promise.all([
    ports.connections.byMattermostUser(person.id),
    ports.connections.byTeamsAccount(account.tenantId.toLowerCase(), account.objectId.toLowerCase()),
  ]);
  const { tenantId } = ports;
  const nowMs = ports.clock.now();
  return checkAccount({ person, account, tenantId, connectionOfPerson, connectionOfAccount, nowMs });
}
