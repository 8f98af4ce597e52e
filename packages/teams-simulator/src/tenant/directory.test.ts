import { expect, test } from "bun:test";
import { Directory } from "./directory.ts";
import { seededRandomness } from "./randomness.ts";

const directory = (): Directory => new Directory(seededRandomness(1), "contoso.example");

test("what is not given follows from the name", () => {
  expect(directory().addUser({ displayName: "Zoë van Dam" })).toMatchObject({
    givenName: "Zoë",
    surname: "van Dam",
    userPrincipalName: "zoë.van.dam@contoso.example",
    mail: "zoë.van.dam@contoso.example",
    userType: "Member",
    accountEnabled: true,
  });
});

test("people are found by id and by principal name in any case", () => {
  const people = directory();
  const bob = people.addUser({ displayName: "Bob" });
  expect(people.findUser(bob.id.toUpperCase())).toBe(bob);
  expect(people.findUser("BOB@Contoso.Example")).toBe(bob);
  expect(people.findUser("alice@contoso.example")).toBeUndefined();
  people.removeUser(bob.id);
  expect(() => people.user(bob.id)).toThrow(expect.objectContaining({ code: "unknown-user" }));
});

test("ids and principal names are taken once", () => {
  const people = directory();
  const bob = people.addUser({ displayName: "Bob" });
  expect(() => people.addUser({ displayName: "bob" })).toThrow(expect.objectContaining({ code: "conflict" }));
  expect(() => people.addUser({ displayName: "Rob", id: bob.id })).toThrow(
    expect.objectContaining({ code: "conflict" }),
  );
  const app = people.addApp();
  expect(() => people.addApp({ clientId: app.clientId })).toThrow(
    expect.objectContaining({ code: "conflict" }),
  );
  expect(() => people.app("none")).toThrow(expect.objectContaining({ code: "unknown-app" }));
});

test("the same seed makes the same people", () => {
  const id = (): string => directory().addUser({ displayName: "Bob" }).id;
  expect(id()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(id()).toBe(id());
});
