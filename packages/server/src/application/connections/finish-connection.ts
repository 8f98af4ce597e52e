import { timingSafeEqual } from "node:crypto";
import type { Connection } from "../../domain/connection.ts";
import type { MattermostUser } from "../mattermost/mattermost-users.ts";
import { announceConnection } from "./announce-connection.ts";
import { checkSignedInAccount } from "./check-signed-in-account.ts";
import { type ConnectionPorts, redirectUri, SubscriptionRefused } from "./connection-ports.ts";
import { isAccountOf, keepFileGrant, lacksFileGrant } from "./file-grant.ts";
import { type Refusal, type Refused, refused } from "./refusal.ts";
import { replaceLink } from "./replace-link.ts";
import { secretHash } from "./secret-hash.ts";
import { type SignedIn, SignInError, signInErrorCodeOf } from "./sign-in-port.ts";
import type { PendingSignIn } from "./sign-in-store.ts";

/** What came back on the redirect address, and from which browser. */
export interface FinishRequest {
  readonly state: string | undefined;
  readonly code: string | undefined;
  readonly error: string | undefined;
  readonly browserSecret: string | undefined;
  readonly sessionUserId: string | undefined;
}

export type Finished =
  | Refused
  | {
      readonly kind: "connected";
      readonly username: string;
      readonly account: string;
      /** Where the messages will be read, see {@link BotConversation}; undefined when that is not known. */
      readonly conversationPath: string | undefined;
    };

/**
 * Ends a sign-in: for the browser that opened the link only, and once. Either the person is connected, with a
 * subscription that brings their messages, or nothing is left behind and the refusal says why.
 */
export async function finishConnection(ports: ConnectionPorts, request: FinishRequest): Promise<Finished> {
  const signIn = await claim(ports, request);
  if ("reason" in signIn) return refused(signIn);
  if (request.code === undefined || request.code === "") {
    const code = signInErrorCodeOf(request.error ?? "");
    return refused({ reason: "sign-in-failed", code });
  }
  const person = await ports.users.get(signIn.userId);
  if (person === undefined || !person.isActive) return refused({ reason: "deactivated" });
  try {
    return await connect(ports, signIn, person, request.code);
  } catch (error) {
    if (error instanceof SignInError) {
      ports.log.warn("A sign-in failed at Microsoft", { code: error.code });
      return refused({ reason: "sign-in-failed", code: error.code });
    }
    if (!(error instanceof SubscriptionRefused)) throw error;
    return refused({ reason: "subscription-failed", explanation: error.explanation });
  }
}

/** Takes the sign-in out of the store. A request from the wrong browser or person must not use up the right one's. */
async function claim(ports: ConnectionPorts, request: FinishRequest): Promise<PendingSignIn | Refusal> {
  if (request.state === undefined || request.state === "") return { reason: "malformed-link" };
  const stateHash = secretHash(request.state);
  const pending = await ports.signIns.get(stateHash);
  if (pending === undefined || pending.expiresAtMs <= ports.clock.now()) return { reason: "link-gone" };
  if (request.sessionUserId !== undefined && request.sessionUserId !== pending.userId) {
    return { reason: "other-person" };
  }
  if (!isSameBrowser(pending.browserHash, request.browserSecret)) return { reason: "other-browser" };
  return (await ports.signIns.take(stateHash)) ?? { reason: "link-gone" };
}

function isSameBrowser(expected: string | undefined, secret: string | undefined): boolean {
  if (expected === undefined || secret === undefined) return false;
  const found = secretHash(secret);
  return found.length === expected.length && timingSafeEqual(Buffer.from(found), Buffer.from(expected));
}

async function connect(
  ports: ConnectionPorts,
  signIn: PendingSignIn,
  person: MattermostUser,
  code: string,
): Promise<Finished> {
  const account = await ports.signIn.redeem({
    code,
    nonce: signIn.nonce,
    codeVerifier: signIn.codeVerifier,
    redirectUri: redirectUri(ports),
  });
  const again = await signedInAgain(ports, signIn, person, account);
  if (again !== undefined) return again;
  const checked = await checkSignedInAccount(ports, person, account);
  if (checked.kind === "refused") return refused(checked.refusal);
  const { connection } = checked;
  const added = await ports.connections.add(connection);
  if (added === "person-taken") return refused({ reason: "already-connected" });
  if (added === "account-taken") return refused({ reason: "account-taken" });
  await subscribeOrUndo(ports, connection);
  await keepFileGrant(ports, connection.userId, account);
  await announceConnection(ports, connection, signIn);
  return connected(ports, person, connection);
}

/** Who is connected already may agree to more, with the account that is connected and no other. */
async function signedInAgain(
  ports: ConnectionPorts,
  signIn: PendingSignIn,
  person: MattermostUser,
  account: SignedIn,
): Promise<Finished | undefined> {
  const { id } = person;
  const existing = await ports.connections.byMattermostUser(id);
  if (existing === undefined || !isAccountOf(existing, account)) return undefined;
  if (!(await lacksFileGrant(ports, id))) return undefined;
  await keepFileGrant(ports, id, account);
  await replaceLink(ports, existing, signIn);
  return connected(ports, person, existing);
}

/** The connection exists by now, whether its conversation is found or not. */
async function connected(
  ports: ConnectionPorts,
  { id, username }: MattermostUser,
  { teamsAccount: account }: Connection,
): Promise<Finished> {
  const conversationPath = await ports.conversation.pathFor(id).catch((error: unknown) => {
    const cause = error instanceof Error ? error.name : "unknown";
    ports.log.warn("The conversation with the bot was not found", { cause });
    return undefined;
  });
  return { kind: "connected", username, account, conversationPath };
}

async function subscribeOrUndo(ports: ConnectionPorts, connection: Connection): Promise<void> {
  try {
    await ports.subscriptions.ensureFor(connection);
  } catch (error) {
    await ports.subscriptions.removeFor(connection.userId).catch(() => {
      ports.log.warn("A half-made subscription could not be removed; the next clean-up removes it");
    });
    await ports.connections.remove(connection.userId);
    throw error;
  }
}
