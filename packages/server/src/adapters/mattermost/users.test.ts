import { expect, test } from "bun:test";
import { type Api, AppError, type User } from "@msteams-notifications/plugin-sdk";
import { Users } from "./users.ts";

type UsersApi = Pick<Api["users"], "get" | "getByIds" | "getByUsername">;

function account(id: string, deleteAt = 0): User {
  const known = {
    id,
    username: id,
    email: `${id}@example.com`,
    locale: "en",
    isBot: false,
    roles: "",
    deleteAt,
  };
  return known as User;
}

function usersOf(listed: readonly User[], one: (id: string) => Promise<User>): Users {
  const users: UsersApi = { get: one, getByUsername: one, getByIds: async () => [...listed] };
  return new Users({ users } as Pick<Api, "users" | "permissions">);
}

const missing = new AppError({ id: "app.user.missing_account.const", message: "", statusCode: 404 });
const notFound = async () => Promise.reject(missing);

test("of many users the deactivated and the missing have departed", async () => {
  const users = usersOf([account("ann"), account("ben", 5)], async (id) =>
    id === "ben" ? account("ben", 5) : notFound(),
  );
  expect(await users.departed(["ann", "ben", "cem"])).toEqual(["ben", "cem"]);
});

test("an incomplete list makes nobody depart", async () => {
  const users = usersOf([], async (id) => account(id));
  expect(await users.departed(["ann", "ben"])).toEqual([]);
});

test("a user who cannot be looked up has not departed", async () => {
  const users = usersOf([], async () => Promise.reject(new Error("the database is away")));
  await expect(users.departed(["ann"])).rejects.toMatchObject({ code: "unavailable" });
});

test("a name that nobody has finds nobody", async () => {
  expect(await usersOf([], notFound).byUsername("nobody")).toBeUndefined();
  expect(await usersOf([], async (name) => account(name)).byUsername("ann")).toMatchObject({
    username: "ann",
  });
});

test("people are called by first and last name, else by what they gave, else by the name behind the @", async () => {
  const named = (id: string, change: Partial<User>) => ({
    ...account(id),
    ...{ firstName: "", lastName: "", nickname: "", ...change },
  });
  const listed = [
    named("ann", { firstName: "Ann", lastName: "Lee", nickname: "Annie" }),
    named("ben", { lastName: "Ode" }),
    named("cem", { nickname: "Cemil" }),
    named("dai", {}),
  ];
  const users = usersOf(listed, notFound);
  expect(Object.fromEntries(await users.namesOf(["ann", "ben", "cem", "dai", "gone"]))).toEqual({
    ann: "Ann Lee",
    ben: "Ode",
    cem: "Cemil",
    dai: "dai",
  });
});
