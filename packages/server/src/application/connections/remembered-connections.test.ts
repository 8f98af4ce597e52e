import { expect, test } from "bun:test";
import type { Connection } from "../../domain/connection.ts";
import { MemoryConnections } from "../testing/memory-connections.ts";
import { RememberedConnections } from "./remembered-connections.ts";

const person = (name: string, teamsUserId = `teams-${name}`): Connection => ({
  userId: name,
  tenantId: "tenant",
  teamsUserId,
  teamsAccount: `${name}@example.com`,
  connectedAtMs: 1,
});
const [ann, ben] = [person("ann"), person("ben")];

/** What a question of the store's finds is fixed when it is asked, and answered when the test says so. */
function remembering(...people: readonly Connection[]) {
  const store = new MemoryConnections(...people);
  const asked: { readonly what: string; readonly answer: (error?: Error) => Promise<void> }[] = [];
  const questions: string[] = [];
  let isHeld = false;
  const ask = <Found>(what: string, found: Found): Promise<Found> => {
    questions.push(what);
    if (!isHeld) return Promise.resolve(found);
    const { promise, resolve, reject } = Promise.withResolvers<Found>();
    const answer = async (error?: Error) => {
      if (error === undefined) resolve(found);
      else reject(error);
      await settled();
    };
    asked.push({ what, answer });
    return promise;
  };
  const remembered = new RememberedConnections({
    list: async () => ask("all", [...store.all]),
    byMattermostUser: async (userId) =>
      ask(
        userId,
        store.all.find((each) => each.userId === userId),
      ),
    byTeamsUsers: async (tenantId, ids) => ask(ids.join(), await store.byTeamsUsers(tenantId, ids)),
  });
  return {
    store,
    remembered,
    asked,
    questions,
    hold() {
      isHeld = true;
    },
    release() {
      isHeld = false;
    },
    async open() {
      remembered.opened();
      await settled();
    },
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));
const among = (remembered: RememberedConnections, ...ids: readonly string[]) =>
  remembered.among("tenant", ids)?.map(({ userId }) => userId);

test("until something is heard nothing is said from memory, and the store is asked", async () => {
  const { remembered, questions } = remembering(ann);
  expect([remembered.of("ann"), among(remembered, "teams-ann")]).toEqual([undefined, undefined]);
  expect(await remembered.byMattermostUser("ann")).toEqual(ann);
  expect(await remembered.byTeamsUsers("tenant", ["teams-ann"])).toEqual([ann]);
  expect(questions).toEqual(["ann", "teams-ann"]);
});

test("who was read is known by either id, without another question", async () => {
  const { remembered, questions, open } = remembering(ann, ben);
  await open();
  expect(remembered.of("ann")).toEqual(ann);
  expect(await remembered.byMattermostUser("ben")).toEqual(ben);
  expect(among(remembered, "teams-ben", "teams-ben", "teams-nobody", "teams-ann")).toEqual(["ben", "ann"]);
  expect(await remembered.byTeamsUsers("tenant", ["teams-nobody"])).toEqual([]);
  expect(remembered.among("other tenant", ["teams-ann"])).toEqual([]);
  expect(questions).toEqual(["all"]);
});

test("who is not known may have connected a moment ago, so the store is asked", async () => {
  const { remembered, store, open } = remembering(ann);
  await open();
  store.all.push(ben);
  expect(remembered.of("ben")).toBeUndefined();
  expect(await remembered.byMattermostUser("ben")).toEqual(ben);
});

test("a change is read, and nothing is said from memory until it is", async () => {
  const { remembered, store, open, hold, asked } = remembering(ann);
  await open();
  hold();
  store.all.push(ben);
  remembered.changed("ben");
  await settled();
  expect([remembered.of("ann"), among(remembered, "teams-ann")]).toEqual([undefined, undefined]);
  await asked[0]?.answer();
  expect(among(remembered, "teams-ann", "teams-ben")).toEqual(["ann", "ben"]);
});

test("who has left is known by neither id", async () => {
  const { remembered, store, open } = remembering(ann, ben);
  await open();
  await store.remove("ann");
  remembered.changed("ann");
  await settled();
  expect([remembered.of("ann"), among(remembered, "teams-ann", "teams-ben")]).toEqual([undefined, ["ben"]]);
  expect(await remembered.byMattermostUser("ann")).toBeUndefined();
});

test("a change while everybody is read has everybody read again", async () => {
  const { remembered, store, open, hold, asked } = remembering(ann);
  hold();
  await open();
  store.all.push(ben);
  remembered.changed("ben");
  await asked[0]?.answer();
  expect(among(remembered, "teams-ann")).toBeUndefined();
  await asked[1]?.answer();
  expect(asked.map(({ what }) => what)).toEqual(["all", "all"]);
  expect(among(remembered, "teams-ann", "teams-ben")).toEqual(["ann", "ben"]);
});

test("of two changes of one person the later reading counts, whichever is answered first", async () => {
  const { remembered, store, open, hold, asked } = remembering();
  await open();
  hold();
  store.all.push(ann);
  remembered.changed("ann");
  await store.remove("ann");
  remembered.changed("ann");
  await settled();
  await asked[1]?.answer();
  await asked[0]?.answer();
  expect([remembered.of("ann"), among(remembered, "teams-ann")]).toEqual([undefined, []]);
});

test("an account that went from one person to another is the other's, whichever change is read first", async () => {
  const { remembered, store, open, hold, asked } = remembering(ann);
  await open();
  hold();
  await store.remove("ann");
  remembered.changed("ann");
  store.all.push(person("ben", "teams-ann"));
  remembered.changed("ben");
  await settled();
  await asked[1]?.answer();
  await asked[0]?.answer();
  expect(among(remembered, "teams-ann")).toEqual(["ben"]);
});

test("a person who took another account is known by that alone", async () => {
  const { remembered, store, open } = remembering(ann);
  await open();
  store.all[0] = person("ann", "teams-new");
  remembered.changed("ann");
  await settled();
  expect([among(remembered, "teams-ann"), among(remembered, "teams-new")]).toEqual([[], ["ann"]]);
});

test("while nothing is heard nothing is said from memory, and afterwards everybody is read anew", async () => {
  const { remembered, store, open } = remembering(ann);
  await open();
  remembered.closed();
  expect([remembered.of("ann"), among(remembered, "teams-ann")]).toEqual([undefined, undefined]);
  store.all[0] = ben;
  await open();
  expect(among(remembered, "teams-ann", "teams-ben")).toEqual(["ben"]);
});

test("a reading from before nothing was heard does not count afterwards", async () => {
  const { remembered, store, open, hold, asked } = remembering(ann);
  hold();
  await open();
  remembered.closed();
  store.all[0] = ben;
  await open();
  await asked[0]?.answer();
  expect(among(remembered, "teams-ann")).toBeUndefined();
  await asked[1]?.answer();
  expect(among(remembered, "teams-ann", "teams-ben")).toEqual(["ben"]);
});

test("a reading that ends while nothing is heard says nothing", async () => {
  const { remembered, open, hold, asked } = remembering(ann);
  hold();
  await open();
  remembered.closed();
  await asked[0]?.answer();
  expect(remembered.of("ann")).toBeUndefined();
  expect(asked).toHaveLength(1);
});

test("a reading that failed is made again when somebody is asked for", async () => {
  const { remembered, open, hold, release, asked } = remembering(ann);
  hold();
  await open();
  await asked[0]?.answer(new Error("database away"));
  release();
  expect(remembered.of("ann")).toBeUndefined();
  await settled();
  expect(remembered.of("ann")).toEqual(ann);
});

test("a change that cannot be read has everybody read anew", async () => {
  const { remembered, store, open, hold, release, asked } = remembering(ann);
  await open();
  hold();
  await store.remove("ann");
  remembered.changed("ann");
  await settled();
  release();
  await asked[0]?.answer(new Error("database away"));
  expect([remembered.of("ann"), among(remembered, "teams-ann")]).toEqual([undefined, []]);
});
