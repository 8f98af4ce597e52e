import { expect, test } from "bun:test";
import { loginHostInProcess } from "../testing/login-host.ts";
import { entraCases } from "./entra-cases.ts";
import { EntraError, entraErrorBody } from "./entra-error.ts";

// The table of the specification, written a second time: error and number of each documented case.
const documented = [
  ["consent-missing", "invalid_grant", 65001],
  ["admin-consent-needed", "consent_required", 90094],
  ["admin-consent-requestable", "consent_required", 90095],
  ["consent-declined", "invalid_grant", 65004],
  ["grant-expired", "invalid_grant", 70008],
  ["refresh-token-idle", "invalid_grant", 700082],
  ["sign-in-frequency", "invalid_grant", 70043],
  ["grant-revoked", "invalid_grant", 50173],
  ["session-void", "invalid_grant", 50132],
  ["session-expired", "invalid_grant", 50133],
  ["code-replayed", "invalid_grant", 54005],
  ["verifier-mismatch", "invalid_grant", 501481],
  ["tenant-of-grant", "invalid_grant", 700005],
  ["secret-wrong", "invalid_client", 7000215],
  ["secret-expired", "invalid_client", 7000222],
  ["secret-absent", "invalid_client", 7000218],
  ["assertion-invalid", "invalid_client", 700027],
  ["app-absent", "unauthorized_client", 700016],
  ["app-disabled", "unauthorized_client", 7000112],
  ["user-disabled", "invalid_grant", 50057],
  ["user-locked", "invalid_grant", 50053],
  ["user-foreign", "invalid_grant", 50020],
  ["user-unknown", "invalid_grant", 50034],
  ["mfa-required", "interaction_required", 50076],
  ["mfa-enrolment-required", "interaction_required", 50079],
  ["strong-authentication-required", "interaction_required", 50074],
  ["external-challenge-required", "interaction_required", 50158],
  ["blocked-by-policy", "invalid_grant", 53003],
  ["blocked-by-security-policy", "invalid_grant", 530032],
  ["device-not-compliant", "interaction_required", 53000],
  ["device-not-joined", "interaction_required", 53001],
  ["tenant-unknown", "invalid_request", 90002],
  ["cloud-wrong", "invalid_request", 90038],
  ["app-single-tenant", "invalid_request", 50194],
  ["app-token-on-common", "invalid_request", 9001023],
  ["request-loop", "temporarily_unavailable", 50196],
  ["unavailable", "temporarily_unavailable", 90033],
  ["unavailable-cloud", "temporarily_unavailable", 50033],
] as const;

test.each(documented)("%s is %s with AADSTS%d", (name, error, number) => {
  expect(entraCases[name]).toMatchObject({ error, number });
});

test("a body has the documented fields, lines and time format", () => {
  const { tenant, loginUrl } = loginHostInProcess();
  const body = entraErrorBody(
    new EntraError("secret-wrong", "app-1"),
    tenant,
    loginUrl,
    "11111111-2222-4333-8444-555555555555",
  );
  expect(body.error_description.split("\r\n")).toEqual([
    "AADSTS7000215: Invalid client secret provided: 'app-1'.",
    `Trace ID: ${body.trace_id}`,
    "Correlation ID: 11111111-2222-4333-8444-555555555555",
    `Timestamp: ${body.timestamp}`,
  ]);
  expect(body.timestamp).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/);
  expect(body.error_codes).toEqual([7000215]);
  expect(body.error_uri).toBe(`${loginUrl}/error?code=7000215`);
  expect(body).not.toHaveProperty("claims");
});

test("a refusal by policy carries a claims challenge", () => {
  const { tenant, loginUrl } = loginHostInProcess();
  const body = entraErrorBody(new EntraError("mfa-required"), tenant, loginUrl);
  expect(body.suberror).toBe("basic_action");
  expect(JSON.parse(body.claims ?? "")).toHaveProperty("access_token.capolids.essential", true);
});
