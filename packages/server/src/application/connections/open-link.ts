import { type ConnectionPorts, redirectUri } from "./connection-ports.ts";
import { lacksFileGrant } from "./file-grant.ts";
import { type Refused, refused } from "./refusal.ts";
import { secretHash } from "./secret-hash.ts";
import { SignInError } from "./sign-in-port.ts";
import { secretBytes } from "./start-connection.ts";

export interface OpenRequest {
  readonly state: string | undefined;
  /** The person signed in to Mattermost in this browser, as Mattermost says. */
  readonly sessionUserId: string | undefined;
}

export type Opened =
  | Refused
  | {
      readonly kind: "redirect";
      readonly url: string;
      /** To be kept by this browser alone and given back by {@link FinishRequest}. */
      readonly browserSecret: string;
      readonly expiresAtMs: number;
    };

/**
 * Opens a link of {@link startConnection} in a browser. Mattermost's own session must be the one of the person who asked
 * for it: a link that someone else was made to open would otherwise end with their Teams chats in the asker's hands.
 */
export async function openLink(ports: ConnectionPorts, request: OpenRequest): Promise<Opened> {
  if (request.state === undefined || request.state === "") return refused({ reason: "malformed-link" });
  const stateHash = secretHash(request.state);
  const signIn = await ports.signIns.get(stateHash);
  if (signIn === undefined || signIn.expiresAtMs <= ports.clock.now())
    return refused({ reason: "link-gone" });
  if (request.sessionUserId === undefined) return refused({ reason: "not-signed-in" });
  if (request.sessionUserId !== signIn.userId) return refused({ reason: "other-person" });
  const existing = await ports.connections.byMattermostUser(signIn.userId);
  if (existing !== undefined && !(await lacksFileGrant(ports, signIn.userId))) {
    await ports.signIns.take(stateHash);
    return refused({ reason: "already-connected" });
  }
  const person = await ports.users.get(signIn.userId);
  if (person === undefined || !person.isActive) return refused({ reason: "deactivated" });
  const browserSecret = ports.randomness.token(secretBytes);
  try {
    const url = await ports.signIn.authorizationUrl({
      state: request.state,
      nonce: signIn.nonce,
      codeVerifier: signIn.codeVerifier,
      redirectUri: redirectUri(ports),
      loginHint: person.email,
    });
    const bound = await ports.signIns.bind(stateHash, secretHash(browserSecret));
    if (!bound) return refused({ reason: "link-gone" });
    return { kind: "redirect", url, browserSecret, expiresAtMs: signIn.expiresAtMs };
  } catch (error) {
    if (!(error instanceof SignInError)) throw error;
    ports.log.warn("A sign-in could not be started at Microsoft", { code: error.code });
    return refused({ reason: "sign-in-failed", code: error.code });
  }
}
