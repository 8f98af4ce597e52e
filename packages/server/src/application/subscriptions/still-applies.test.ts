import { expect, test } from "bun:test";
import { stillApplies } from "./still-applies.ts";
import type { PlannedChange } from "./subscription-plan.ts";
import type { StoredSubscription } from "./subscription-store.ts";

const stored: StoredSubscription = {
  id: "s1",
  userId: "ann",
  resource: "/r",
  clientStateHash: "",
  certificateId: "c",
  expiresAtMs: 1,
};
const wanted = { owner: "ann", userId: "ann", resource: "/r" };
const create: PlannedChange = { kind: "create", wanted };
const recreate: PlannedChange = { kind: "recreate", stored, wanted, lost: true };
const remove: PlannedChange = { kind: "remove", stored };
const forAll = { ...stored, userId: undefined };

test.each<[string, PlannedChange, { recorded?: string; connected?: string; before?: string }, boolean]>([
  ["a connected person is subscribed", create, { connected: "ann", before: "ann" }, true],
  ["one who left meanwhile is not", create, { before: "ann" }, false],
  ["the tenant is, whoever left", { kind: "create", wanted: { ...wanted, userId: undefined } }, {}, true],
  ["what is lost is replaced", recreate, { recorded: "s1", connected: "ann", before: "ann" }, true],
  ["but not what another node replaced", recreate, { connected: "ann", before: "ann" }, false],
  ["nor for one who left", recreate, { recorded: "s1", before: "ann" }, false],
  ["what is on record is renewed", { kind: "renew", stored }, { recorded: "s1" }, true],
  ["what is not is left", { kind: "renew", stored }, {}, false],
  ["what nobody needs is removed", remove, { recorded: "s1" }, true],
  ["what is gone already is not", remove, {}, false],
  ["that of one who connected again is kept", remove, { recorded: "s1", connected: "ann" }, false],
  [
    "a connected person's own goes when the tenant's takes its place",
    remove,
    { recorded: "s1", connected: "ann", before: "ann" },
    true,
  ],
  [
    "the tenant's goes when people's take its place",
    { kind: "remove", stored: forAll },
    { recorded: "s1", connected: "ann", before: "ann" },
    true,
  ],
  ["what nobody recorded is removed", { kind: "remove-orphan", id: "s1" }, {}, true],
  ["what was recorded meanwhile is not", { kind: "remove-orphan", id: "s1" }, { recorded: "s1" }, false],
])("%s", (_fact, change, { recorded, connected, before }, expected) => {
  const setOf = (one: string | undefined) => new Set(one === undefined ? [] : [one]);
  const meanwhile = { recorded: setOf(recorded), connected: setOf(connected), connectedThen: setOf(before) };
  expect(stillApplies(change, meanwhile)).toBe(expected);
});
