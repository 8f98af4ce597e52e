import { expect, test } from "bun:test";
import { GraphError } from "../graph/graph-error.ts";
import { MattermostError } from "../mattermost/mattermost-error.ts";
import { ann, ben } from "../subscriptions/testing/graph.ts";
import { MemoryConnections } from "../testing/memory-connections.ts";
import { RecordedLog } from "../testing/observed.ts";
import { FixedClock } from "../testing/time.ts";
import { ChatMemory } from "./chat-memory.ts";
import { SenderNames } from "./sender-names.ts";

function asking(members: Readonly<Record<string, string | undefined>> = {}) {
  const clock = new FixedClock();
  const log = new RecordedLog();
  const asked = { chats: 0, users: 0 };
  const fails = { chats: false, users: false };
  const chats = new ChatMemory(
    {
      async chat(id) {
        asked.chats += 1;
        if (fails.chats) throw new GraphError("unavailable", "busy");
        const listed = Object.entries(members).map(([teamsUserId, displayName]) => ({
          teamsUserId,
          displayName,
        }));
        return { id, kind: "oneOnOne", topic: undefined, members: listed };
      },
    },
    clock,
  );
  const users = {
    async namesOf(ids: readonly string[]) {
      asked.users += 1;
      if (fails.users) throw new MattermostError("unavailable", "busy");
      return new Map(ids.map((id) => [id, `user ${id}`]));
    },
  };
  const connections = new MemoryConnections(ann, ben);
  const names = new SenderNames({ chats, connections, users, clock, log });
  const of = async (...ids: string[]) =>
    Object.fromEntries(await names.of(ids, { chatId: "19:a", tenantId: ann.tenantId.toUpperCase() }));
  return { of, asked, fails, clock, log };
}

test("nobody is asked when nobody is looked for", async () => {
  const { of, asked } = asking();
  expect(await of()).toEqual({});
  expect(asked).toEqual({ chats: 0, users: 0 });
});

test("the chat's members are asked once for many messages, and Mattermost not when they know", async () => {
  const { of, asked } = asking({ dai: "Dai Nakamura" });
  expect([await of("dai"), await of("dai")]).toEqual([{ dai: "Dai Nakamura" }, { dai: "Dai Nakamura" }]);
  expect(asked).toEqual({ chats: 1, users: 0 });
});

test("a connected person has the name they have in Mattermost where the chat knows none", async () => {
  const { of, asked } = asking({ [ben.teamsUserId]: undefined, dai: "Dai" });
  const names = { [ben.teamsUserId]: `user ${ben.userId}`, dai: "Dai" };
  expect([await of(ben.teamsUserId, "dai"), await of(ben.teamsUserId, "dai")]).toEqual([names, names]);
  expect(asked.users).toBe(1);
});

test("a stranger stays without a name, for which nobody is asked again at once", async () => {
  const { of, asked, clock } = asking();
  expect([await of("stranger"), await of("stranger")]).toEqual([{}, {}]);
  expect(asked).toEqual({ chats: 1, users: 0 });
  clock.nowMs += 11 * 60_000;
  await of(ben.teamsUserId);
  expect(asked).toEqual({ chats: 2, users: 1 });
});

test("who cannot be asked is asked next time, and a name that others know is found meanwhile", async () => {
  const { of, fails, log } = asking({ dai: "Dai" });
  fails.chats = true;
  expect(await of(ben.teamsUserId, "dai")).toEqual({ [ben.teamsUserId]: `user ${ben.userId}` });
  fails.users = true;
  expect(await of(ann.teamsUserId)).toEqual({});
  fails.chats = fails.users = false;
  expect(await of(ann.teamsUserId, "dai")).toEqual({ [ann.teamsUserId]: `user ${ann.userId}`, dai: "Dai" });
  expect(log.lines.join()).not.toContain("dai");
});
