import { expect, test } from "bun:test";
import type { Chat } from "../../domain/chat.ts";
import { GraphError } from "../graph/graph-error.ts";
import { FixedClock } from "../testing/time.ts";
import { ChatMemory } from "./chat-memory.ts";

const chatOf = (id: string): Chat => ({ id, kind: "group", topic: undefined, members: [] });

function remembering(answer: (chatId: string) => Promise<Chat> = async (id) => chatOf(id)) {
  const asked: string[] = [];
  const clock = new FixedClock();
  const memory = new ChatMemory(
    {
      chat(chatId) {
        asked.push(chatId);
        return answer(chatId);
      },
    },
    clock,
  );
  return { memory, asked, clock };
}

test("a chat is asked for once while it is remembered, however many ask at once", async () => {
  const { memory, asked, clock } = remembering();
  const chats = await Promise.all([memory.get("a"), memory.get("a")]);
  expect(chats[0]).toBe(chats[1] as Chat);
  clock.nowMs += 9 * 60_000;
  await memory.get("a");
  expect(asked).toEqual(["a"]);
  clock.nowMs += 60_000;
  await memory.get("a");
  expect(asked).toEqual(["a", "a"]);
});

test("a forgotten chat is asked for again", async () => {
  const { memory, asked } = remembering();
  await memory.get("a");
  memory.forget("a");
  await memory.get("a");
  expect(asked).toEqual(["a", "a"]);
});

test("a failure is passed on and not remembered", async () => {
  let fails = true;
  const { memory, asked } = remembering(async (id) => {
    if (fails) throw new GraphError("throttled", "429");
    return chatOf(id);
  });
  await expect(memory.get("a")).rejects.toMatchObject({ code: "throttled" });
  fails = false;
  await memory.get("a");
  expect(asked).toEqual(["a", "a"]);
});

test("memory is bounded: the chat asked for longest ago goes first", async () => {
  const { memory, asked } = remembering();
  for (let number = 0; number <= 2_000; number += 1) await memory.get(`chat-${number}`);
  await memory.get("chat-1");
  await memory.get("chat-0");
  expect(asked.slice(-2)).toEqual(["chat-2000", "chat-0"]);
});

test("a chat that another node saw changing is forgotten, and this one tells the others of its own", async () => {
  const told: string[] = [];
  let hear: (chatId: string) => void = () => undefined;
  const news = {
    follow(forget: (chatId: string) => void) {
      hear = forget;
    },
    tell: async (chatId: string) => void told.push(chatId),
  };
  const source = {
    chat: async (id: string) => ({ id, kind: "group" as const, topic: undefined, members: [] }),
  };
  const memory = new ChatMemory(source, new FixedClock(), news);
  await memory.get("19:a");
  expect(memory.known("19:a")?.id).toBe("19:a");
  hear("19:a");
  expect(memory.known("19:a")).toBeUndefined();
  expect(told).toEqual([]);
  memory.forget("19:a");
  expect(told).toEqual(["19:a"]);
});
