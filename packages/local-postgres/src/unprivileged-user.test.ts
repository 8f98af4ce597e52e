import { expect, test } from "bun:test";
import { LocalPostgresError } from "./local-postgres-error.ts";
import { unprivilegedUser } from "./unprivileged-user.ts";

const accounts = (text: string) => () => text;

test("an ordinary user runs the server as himself", () => {
  expect(unprivilegedUser(1000, accounts(""))).toBeUndefined();
  expect(unprivilegedUser(undefined, accounts(""))).toBeUndefined();
});

test("root gives way to postgres, then to nobody", () => {
  const nobody = "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65533:nobody:/:/bin/false\n";
  expect(unprivilegedUser(0, accounts(nobody))).toEqual({ uid: 65534, gid: 65533 });
  expect(unprivilegedUser(0, accounts(`${nobody}postgres:x:70:71::/:/bin/sh\n`))).toEqual({
    uid: 70,
    gid: 71,
  });
});

test("root without such an account is told to run as an ordinary user", () => {
  expect(() => unprivilegedUser(0, accounts("root:x:0:0:::\n"))).toThrow(LocalPostgresError);
});
