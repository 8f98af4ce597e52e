import { expect, test } from "bun:test";
import { TokenError } from "../adapters/graph/tokens.ts";
import { BotNameTaken } from "../adapters/mattermost/bot.ts";
import { PostgresError } from "../adapters/postgres/postgres-error.ts";
import { MattermostError } from "../application/mattermost/mattermost-error.ts";
import { problemsOf, SetupFailure } from "./setup-failure.ts";

test.each([
  [
    "An expired client secret",
    new TokenError("misconfigured-client", [7000222]),
    "(AADSTS7000222)",
    "tried again",
  ],
  ["A database that is away", new PostgresError("unreachable", "Away."), "Away.", "tried again"],
  [
    "Another encryption key",
    new PostgresError("encryption-key-changed", "Another."),
    "Another.",
    "Put the former key back",
  ],
  [
    "A schema of a later version",
    new PostgresError("schema-too-new", "Too new."),
    "Too new.",
    "Install the newer version",
  ],
  [
    "A refused statement",
    new PostgresError("query-failed", "Refused."),
    "Refused.",
    "docs/operations.md, “Database”",
  ],
  [
    "A Mattermost that does not answer",
    new MattermostError("unavailable", "Silent."),
    "Silent.",
    "tried again",
  ],
  ["The bot's name on a person", new BotNameTaken(), "belongs to a person", "Rename the user msteams."],
])("%s is told with what to do", (_, error, what, doThis) => {
  const problems = problemsOf(error);
  expect(problems).toHaveLength(1);
  expect(problems[0]?.what).toContain(what);
  expect(problems[0]?.doThis).toContain(doThis);
});

test("Problems that were found are told as they are", () => {
  const problems = [
    { what: "One.", doThis: "This." },
    { what: "Two.", doThis: "That." },
  ];
  expect(problemsOf(new SetupFailure(problems))).toEqual(problems);
});

test("What nobody expected is told without its words, which may hold secrets", () => {
  const text = JSON.stringify(problemsOf(new RangeError("postgres://user:password@host")));
  expect(text).toContain("RangeError");
  expect(text).not.toContain("password");
  expect(JSON.stringify(problemsOf("password"))).not.toContain("password");
});
