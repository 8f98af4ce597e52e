import type { ConnectionPorts } from "./connection-ports.ts";
import { lacksFileGrant } from "./file-grant.ts";
import { secretHash } from "./secret-hash.ts";

/** Long enough for a password and a second factor, short enough that a link left in a channel is worth nothing. */
export const signInLifeMs = 10 * 60_000;

/** 256 bits: neither the state nor the PKCE verifier (RFC 7636, section 4.1: 43 characters at least) can be guessed. */
export const secretBytes = 32;

export interface StartRequest {
  readonly userId: string;
  /** Where the link will be shown, and the ephemeral post that will hold it; absent for the web app. */
  readonly channelId?: string | undefined;
  readonly rootId?: string | undefined;
  readonly ephemeralPostId?: string | undefined;
}

export type Started =
  | { readonly kind: "link"; readonly url: string }
  | { readonly kind: "already-connected"; readonly account: string };

/**
 * Makes a link that starts a sign-in for one person: valid once, for ten minutes. The link holds the state; only its
 * hash is stored.
 */
export async function startConnection(ports: ConnectionPorts, request: StartRequest): Promise<Started> {
  const existing = await ports.connections.byMattermostUser(request.userId);
  if (existing !== undefined && !(await lacksFileGrant(ports, request.userId)))
    return { kind: "already-connected", account: existing.teamsAccount };
  const state = ports.randomness.token(secretBytes);
  await ports.signIns.put({
    stateHash: secretHash(state),
    userId: request.userId,
    browserHash: undefined,
    nonce: ports.randomness.token(secretBytes),
    codeVerifier: ports.randomness.token(secretBytes),
    channelId: request.channelId,
    rootId: request.rootId,
    ephemeralPostId: request.ephemeralPostId,
    expiresAtMs: ports.clock.now() + signInLifeMs,
  });
  return { kind: "link", url: `${ports.pluginUrl}/connect/start?${new URLSearchParams({ state })}` };
}
