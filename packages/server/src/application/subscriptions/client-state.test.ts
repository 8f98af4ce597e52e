import { expect, test } from "bun:test";
import fc from "fast-check";
import { CountingRandomness } from "../testing/randomness.ts";
import {
  hashClientState,
  isClientState,
  isIssuedUnder,
  issueClientState,
  ownerOfClientState,
} from "./client-state.ts";

const owner = "a".repeat(26);

test("a genuine state names its owner, under its own secret only", () => {
  const state = issueClientState("secret", owner, new CountingRandomness());
  expect(ownerOfClientState("secret", state)).toBe(owner);
  expect(ownerOfClientState("another", state)).toBeUndefined();
});

test("states differ, so that one that leaks opens no other", () => {
  const randomness = new CountingRandomness();
  const [one, other] = [
    issueClientState("secret", owner, randomness),
    issueClientState("secret", owner, randomness),
  ];
  expect(one).not.toBe(other);
  expect(isClientState(one, hashClientState(one, "secret"))).toBe(true);
  expect(isClientState(one, hashClientState(other, "secret"))).toBe(false);
});

test("a stored hash tells the secret that its state was issued under", () => {
  const stored = hashClientState("state", "secret");
  expect([isIssuedUnder("secret", stored), isIssuedUnder("another", stored)]).toEqual([true, false]);
  expect([isIssuedUnder("secret", ""), isIssuedUnder("secret", "hash")]).toEqual([false, false]);
});

test("no other text passes for a state", () => {
  const state = issueClientState("secret", owner, new CountingRandomness());
  for (const text of [
    "",
    ".",
    "..",
    owner,
    `${owner}.x.`,
    state.slice(0, -1),
    `${state}=`,
    state.replace("a", "b"),
  ]) {
    expect(ownerOfClientState("secret", text)).toBeUndefined();
  }
  fc.assert(fc.property(fc.string(), (text) => ownerOfClientState("secret", text) === undefined));
});
