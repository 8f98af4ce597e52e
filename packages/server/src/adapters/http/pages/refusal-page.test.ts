import { expect, test } from "bun:test";
import type { Refusal } from "../../../application/connections/refusal.ts";
import type { SignInErrorCode } from "../../../application/connections/sign-in-port.ts";
import { refusalPage } from "./refusal-page.ts";

type Row<Value extends Refusal> = readonly [Value, status: number, title: string, doThis: string];

/** The mapped types make a reason without a row a type error; the router's own switch does the same for its page. */
const reasons: { readonly [Reason in Refusal["reason"]]: Row<Extract<Refusal, { reason: Reason }>> } = {
  "malformed-link": [{ reason: "malformed-link" }, 400, "not complete", "/msteams connect"],
  "link-gone": [{ reason: "link-gone" }, 410, "no longer valid", "/msteams connect"],
  "not-signed-in": [{ reason: "not-signed-in" }, 401, "Sign in to Mattermost", "open the link again"],
  "other-person": [{ reason: "other-person" }, 403, "someone else", "as yourself"],
  deactivated: [{ reason: "deactivated" }, 403, "account is deactivated", "system administrator"],
  "other-browser": [{ reason: "other-browser" }, 403, "another browser", "Cookies must be allowed"],
  "not-set-up": [{ reason: "not-set-up" }, 503, "Not set up", "/msteams status"],
  "storage-unavailable": [{ reason: "storage-unavailable" }, 503, "did not work", "again in a minute"],
  "subscription-failed": [
    { reason: "subscription-failed", explanation: "The limit is reached." },
    502,
    "could not be connected",
    "Nothing was connected",
  ],
  "sign-in-failed": [{ reason: "sign-in-failed", code: "declined" }, 403, "cancelled", "/msteams connect"],
  "email-differs": [
    { reason: "email-differs", expected: "ann@example.com", found: "bob@example.com" },
    403,
    "addresses differ",
    "Sign in as ann@example.com",
  ],
  "teams-email-unverified": [
    { reason: "teams-email-unverified", found: "ann@example.com" },
    403,
    "not verified",
    "administrator of your Microsoft organisation",
  ],
  "guest-account": [{ reason: "guest-account" }, 403, "Guest accounts", "right account"],
  "wrong-tenant": [{ reason: "wrong-tenant" }, 403, "another organisation", "right account"],
  "already-connected": [{ reason: "already-connected" }, 409, "already connected", "/msteams disconnect"],
  "account-taken": [{ reason: "account-taken" }, 409, "in use", "/msteams disconnect"],
};

const signInCodes: { readonly [Code in SignInErrorCode]: readonly [number, title: string, doThis: string] } =
  {
    declined: [403, "cancelled", "/msteams connect"],
    "expired-code": [410, "too long", "/msteams connect"],
    "misconfigured-client": [502, "does not accept this server", "client secret"],
    unreachable: [503, "cannot be reached", "Try again"],
    "consent-missing": [403, "has not agreed", "system administrator"],
    "blocked-by-policy": [403, "rule of your organisation", "administrator of your Microsoft organisation"],
    unexpected: [502, "did not work", "/msteams connect"],
  };

test.each(Object.entries(reasons))(
  "%s has a page that says what to do",
  (_, [refusal, status, title, doThis]) => {
    const page = refusalPage(refusal);
    expect(page.status).toBe(status as typeof page.status);
    expect(page.title).toContain(title);
    expect(page.happened).toMatch(/\.$/);
    expect(page.doThis).toContain(doThis);
  },
);

test.each(Object.entries(signInCodes))(
  "A sign-in that ends %s has its page",
  (code, [status, title, doThis]) => {
    const page = refusalPage({ reason: "sign-in-failed", code: code as SignInErrorCode });
    expect(page.status).toBe(status as typeof page.status);
    expect(page.title).toContain(title);
    expect(page.happened).toMatch(/\.$/);
    expect(page.doThis).toContain(doThis);
  },
);

test("No two refusals have the same title", () => {
  const refusals = Object.values(reasons).map(([refusal]) => refusal);
  const titles = refusals.map((refusal) => refusalPage(refusal).title);
  expect(new Set(titles).size).toBe(refusals.length);
});

test("Differing addresses are both named, or the lack of one", () => {
  const differs = { reason: "email-differs", expected: "ann@example.com" } as const;
  const both = refusalPage({ ...differs, found: "bob@example.com" }).happened;
  expect(both).toContain("ann@example.com");
  expect(both).toContain("as bob@example.com");
  expect(refusalPage({ ...differs, found: undefined }).happened).toContain("an account that has no address");
});

test("An unverified address is named when there is one", () => {
  const page = (found?: string) => refusalPage({ reason: "teams-email-unverified", found });
  expect(page("ann@example.com").happened).toContain("ann@example.com");
  expect(page().happened).toContain("the address of this account");
});

test("Why Graph refused the subscription is told as it was explained", () => {
  const page = refusalPage({ reason: "subscription-failed", explanation: "The limit is reached." });
  expect(page.happened).toBe("The limit is reached.");
});
