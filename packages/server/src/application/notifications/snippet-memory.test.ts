import { expect, test } from "bun:test";
import { cloudAddresses } from "../../domain/cloud.ts";
import { renderPost } from "../../domain/rendering/render-post.ts";
import { htmlMessage } from "../../domain/testing/chat-messages.ts";
import { RecordedLog } from "../testing/observed.ts";
import { FixedClock, ManualTimers } from "../testing/time.ts";
import { SnippetMemory, snippetDeadlineMs } from "./snippet-memory.ts";

const url = (chatId: string) =>
  `https://graph.microsoft.com/v1.0/chats/${chatId}/messages/1612289765949/hostedContents/code/$value`;
const messageWith = (codeSnippetUrl: string) =>
  htmlMessage("", {
    attachments: [
      {
        id: "s",
        contentType: "application/vnd.microsoft.card.codesnippet",
        content: JSON.stringify({ language: "Go", codeSnippetUrl }),
      },
    ],
  });
const own = messageWith(url("19:a@thread.v2"));

function memory(answer: () => Promise<string>) {
  const parts = { clock: new FixedClock(), timers: new ManualTimers(), log: new RecordedLog() };
  const reads: string[] = [];
  const contents = {
    async read(_message: unknown, contentId: string) {
      reads.push(contentId);
      return new TextEncoder().encode(await answer());
    },
  };
  return { ...parts, reads, snippets: new SnippetMemory({ ...parts, contents }) };
}

test("the code of a snippet is in its post, fetched once for all readers", async () => {
  const { snippets, reads, timers } = memory(async () => "x := 1\n");
  await Promise.all([snippets.fetch(own), snippets.fetch(own)]);
  await snippets.fetch(own);
  expect([reads, timers.pending]).toEqual([["code"], 0]);
  const reader = {
    userId: "b",
    tenantId: "t",
    teamsUserId: "b",
    teamsAccount: "b@example.com",
    connectedAtMs: 0,
  };
  const context = { reader, chat: undefined, cloud: cloudAddresses("global"), snippets: snippets.known(own) };
  expect(renderPost(own, context).message).toContain("> x := 1\n");
});

test("a post does not wait longer than a second for code", async () => {
  const { snippets, timers } = memory(() => new Promise(() => undefined));
  const fetching = snippets.fetch(own);
  timers.advance(snippetDeadlineMs);
  await fetching;
  expect(snippets.known(own).size).toBe(0);
});

test("code that cannot be read leaves a link, and is asked for again by the next", async () => {
  const { snippets, reads, log } = memory(() => Promise.reject(new Error("down")));
  await snippets.fetch(own);
  await snippets.fetch(own);
  expect([reads.length, snippets.known(own).size]).toEqual([2, 0]);
  expect(log.lines[0]).toStartWith("The code of a snippet could not be read");
});

test("a snippet of another chat is not fetched", async () => {
  const { snippets, reads } = memory(async () => "secret");
  await snippets.fetch(messageWith(url("19:other@thread.v2")));
  expect(reads).toEqual([]);
});
