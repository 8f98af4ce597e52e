import type { AppRegistration } from "../tenant/app-registration.ts";
import { readApp, readAuthority } from "./authority.ts";
import { EntraError } from "./entra-error.ts";
import { type CodeChallenge, readCodeChallenge } from "./pkce.ts";
import type { Realm } from "./realm.ts";
import { requiredParameter } from "./request-form.ts";
import { type RequestedScopes, readScopes } from "./scopes.ts";

export type ResponseMode = "query" | "fragment" | "form_post";
export type Prompt = "login" | "none" | "consent" | "select_account";

/** Where an answer may go: known before anything else, because until then a refusal must stay on Entra's own page. */
export interface ReplyAddress {
  readonly app: AppRegistration;
  readonly redirectUri: string;
  readonly responseMode: ResponseMode;
  readonly state: string | undefined;
}

export interface AuthorizeRequest extends ReplyAddress {
  readonly scopes: RequestedScopes;
  readonly nonce: string | undefined;
  readonly challenge: CodeChallenge | undefined;
  readonly prompt: Prompt | undefined;
  readonly loginHint: string | undefined;
}

const responseModes: readonly string[] = ["query", "fragment", "form_post"] satisfies ResponseMode[];
const prompts: readonly string[] = ["login", "none", "consent", "select_account"] satisfies Prompt[];
const isResponseMode = (value: string): value is ResponseMode => responseModes.includes(value);
const isPrompt = (value: string): value is Prompt => prompts.includes(value);

const optional = (parameters: URLSearchParams, name: string): string | undefined =>
  parameters.get(name) || undefined;

/** Checks tenant, client and redirect URI (exact match). What it throws is shown on a page, never sent to the URI. */
export function readReplyAddress(
  tenantSegment: string,
  parameters: URLSearchParams,
  realm: Realm,
): ReplyAddress {
  const authority = readAuthority(tenantSegment, realm.tenant);
  const app = readApp(requiredParameter(parameters, "client_id"), authority, realm.tenant);
  const redirectUri = requiredParameter(parameters, "redirect_uri");
  if (!app.redirectUris.includes(redirectUri)) throw new EntraError("redirect-mismatch", redirectUri);
  const mode = parameters.get("response_mode") ?? "query";
  return {
    app,
    redirectUri,
    // An unknown mode is refused below, and the refusal travels in the query.
    responseMode: isResponseMode(mode) ? mode : "query",
    state: optional(parameters, "state"),
  };
}

/** Checks everything else (v2-oauth2-auth-code-flow). What it throws is sent to the redirect URI. */
export function readAuthorizeRequest(
  reply: ReplyAddress,
  parameters: URLSearchParams,
  realm: Realm,
): AuthorizeRequest {
  const responseType = requiredParameter(parameters, "response_type");
  if (responseType !== "code") {
    const parts = responseType.split(" ");
    const known = parts.every((part) => ["code", "id_token", "token"].includes(part));
    throw new EntraError(known ? "response-type-disabled" : "response-type-unsupported", responseType);
  }
  const mode = optional(parameters, "response_mode");
  if (mode !== undefined && !isResponseMode(mode)) throw new EntraError("response-mode-unknown", mode);
  const prompt = optional(parameters, "prompt");
  if (prompt !== undefined && !isPrompt(prompt)) throw new EntraError("prompt-unknown", prompt);
  return {
    ...reply,
    scopes: readScopes(requiredParameter(parameters, "scope"), realm.endpoints.graphUrl),
    nonce: optional(parameters, "nonce"),
    challenge: readCodeChallenge(
      optional(parameters, "code_challenge"),
      optional(parameters, "code_challenge_method"),
    ),
    prompt,
    loginHint: optional(parameters, "login_hint"),
  };
}
