import { expect, test } from "bun:test";
import { TenantClock } from "../tenant/clock.ts";
import { CarriedTokens } from "./carried-tokens.ts";

function carried(lastsMs: number) {
  const clock = new TenantClock({ running: false, startAt: 0 });
  let issued = 0;
  const issuer = {
    issueValidationToken(claims: { audience: string }) {
      issued += 1;
      return `${claims.audience} ${issued}`;
    },
  };
  return { clock, tokens: new CarriedTokens(issuer, clock, () => lastsMs) };
}

const app = { audience: "app", version: "2.0" } as const;

test("a token is carried until its time is over, each app and version its own", async () => {
  const { clock, tokens } = carried(1_000);
  expect(tokens.issueValidationToken(app)).toBe("app 1");
  await clock.advance(999);
  expect(tokens.issueValidationToken(app)).toBe("app 1");
  expect(tokens.issueValidationToken({ ...app, audience: "other" })).toBe("other 2");
  expect(tokens.issueValidationToken({ ...app, version: "1.0" })).toBe("app 3");
  await clock.advance(1);
  expect(tokens.issueValidationToken(app)).toBe("app 4");
});

test("where none is carried each has its own", () => {
  const { tokens } = carried(0);
  expect(tokens.issueValidationToken(app)).toBe("app 1");
  expect(tokens.issueValidationToken(app)).toBe("app 2");
});
