import { describe, expect, test } from "bun:test";
import { type AccountQuestion, type AccountRefusal, checkAccount } from "./account-check.ts";

const account = {
  tenantId: "T-1",
  objectId: "O-1",
  email: "ann@example.com",
  emailVerified: "unknown",
  preferredUsername: "ann@corp.example.com",
  name: "Ann",
  isGuest: false,
} as const;
const person = { id: "ann", email: "ann@example.com" };
const question: AccountQuestion = {
  person,
  account,
  tenantId: "t-1",
  connectionOfPerson: undefined,
  connectionOfAccount: undefined,
  nowMs: 7,
};
const other = { userId: "ben", tenantId: "t-1", teamsUserId: "o-1", teamsAccount: "x", connectedAtMs: 1 };

describe("an account", () => {
  test("with the person's address is connected, with ids in lower case", () => {
    expect(checkAccount(question)).toEqual({
      kind: "accepted",
      connection: {
        userId: "ann",
        tenantId: "t-1",
        teamsUserId: "o-1",
        teamsAccount: "ann@example.com",
        connectedAtMs: 7,
      },
    });
  });

  test.each([
    ["Ann@Example.COM", "ann@example.com"],
    [" ann@example.com", "ANN@EXAMPLE.COM "],
    ["ünal@example.com", "ünal@EXAMPLE.com"],
  ])("has the same address in any case: %p and %p", (mattermost, microsoft) => {
    const check = checkAccount({
      ...question,
      person: { ...person, email: mattermost },
      account: { ...account, email: microsoft },
    });
    expect(check.kind).toBe("accepted");
  });

  test("without an address is known by its user name", () => {
    const named = { ...account, email: undefined, preferredUsername: "ANN@example.com" };
    expect(checkAccount({ ...question, account: named })).toMatchObject({
      kind: "accepted",
      connection: { teamsAccount: "ANN@example.com" },
    });
  });

  test("whose domain owner is verified is connected", () => {
    const verified = { ...account, emailVerified: "verified" as const };
    expect(checkAccount({ ...question, account: verified }).kind).toBe("accepted");
  });

  const unverified = { ...account, emailVerified: "unverified" as const };
  const refusals: readonly [string, Partial<AccountQuestion>, AccountRefusal][] = [
    ["of a person who is connected", { connectionOfPerson: other }, { reason: "already-connected" }],
    ["of another tenant", { tenantId: "t-2" }, { reason: "wrong-tenant" }],
    ["of a guest", { account: { ...account, isGuest: true } }, { reason: "guest-account" }],
    [
      "with another address",
      { account: { ...account, email: "eve@example.com" } },
      { reason: "email-differs", expected: "ann@example.com", found: "eve@example.com" },
    ],
    [
      "with the right user name but another address",
      { account: { ...account, email: "eve@example.com", preferredUsername: "ann@example.com" } },
      { reason: "email-differs", expected: "ann@example.com", found: "eve@example.com" },
    ],
    [
      "with an address that only full Unicode folding makes equal",
      { person: { ...person, email: "k@example.com" }, account: { ...account, email: "\u212a@example.com" } },
      { reason: "email-differs", expected: "k@example.com", found: "\u212a@example.com" },
    ],
    [
      "with neither address nor user name",
      { account: { ...account, email: undefined, preferredUsername: undefined } },
      { reason: "email-differs", expected: "ann@example.com", found: undefined },
    ],
    [
      "with an empty address, of a person with an empty address",
      { person: { ...person, email: "" }, account: { ...account, email: "" } },
      { reason: "email-differs", expected: "", found: "" },
    ],
    [
      "with an unverified address",
      { account: unverified },
      { reason: "teams-email-unverified", found: "ann@example.com" },
    ],
    ["that another person uses", { connectionOfAccount: other }, { reason: "account-taken" }],
  ];
  test.each(refusals)("%s is refused", (_, change, refusal) => {
    expect(checkAccount({ ...question, ...change })).toEqual({ kind: "refused", refusal });
  });
});
