import { describe, expect, test } from "bun:test";
import { parseSender } from "./sender.ts";

describe("a sender", () => {
  test.each([
    ["aadUser", "organization"],
    ["AadUser", "organization"],
    ["onPremiseAadUser", "organization"],
    ["federatedUser", "federated"],
    ["anonymousGuest", "anonymous-guest"],
    ["personalMicrosoftAccountUser", "personal-account"],
    ["skypeUser", "skype"],
    ["phoneUser", "phone"],
    ["emailUser", "email"],
    ["azureCommunicationServicesUser", "unknown"],
    [null, "unknown"],
  ] as const)("of type %p is %p", (userIdentityType, standing) => {
    const user = { id: "A-1", displayName: "Ann", tenantId: "T", userIdentityType };
    expect(parseSender({ user, application: null })).toEqual({
      kind: "user",
      id: "a-1",
      displayName: "Ann",
      tenantId: "t",
      standing,
    });
  });

  test("may have no name", () => {
    expect(parseSender({ user: { id: "a", displayName: null } })).toMatchObject({ displayName: undefined });
  });

  test.each([
    ["bot", "bot"],
    ["tenantBot", "bot"],
    ["office365Connector", "connector"],
    ["outgoingWebhook", "webhook"],
    ["aadApplication", "application"],
    [undefined, "application"],
  ] as const)("that is the application %p is a %p", (applicationIdentityType, application) => {
    const json = { user: null, application: { id: "B", displayName: "Build", applicationIdentityType } };
    expect(parseSender(json)).toEqual({ kind: "application", id: "b", displayName: "Build", application });
  });

  test.each([[null], [undefined], [{}], [{ user: { displayName: "no id" } }], ["Ann"]])(
    "is nobody in %p",
    (json) => {
      expect(parseSender(json)).toEqual({ kind: "none" });
    },
  );
});
