import { expect, test } from "bun:test";
import { AppError } from "@msteams-notifications/plugin-sdk";
import { ManualTimers } from "../../application/testing/time.ts";
import { answerWithinMs, askMattermost } from "./mattermost-failure.ts";

test.each([
  ["a missing thing", "not-found", { statusCode: 404 }],
  ["a refused call", "rejected", { statusCode: 400 }],
  ["a server in trouble", "unavailable", { statusCode: 500 }],
  ["a broken connection", "unavailable", undefined],
])("%s is %s", async (_, code, refusal) => {
  const cause = refusal ? new AppError({ id: "app.post", message: "said", ...refusal }) : new Error("broken");
  const failed = askMattermost("create a post", () => Promise.reject(cause));
  await expect(failed).rejects.toMatchObject({ name: "MattermostError", code, cause });
});

test("what Mattermost quotes of a message does not travel in the error's words", async () => {
  const cause = new AppError({ id: "app.post.long", message: "the text itself", statusCode: 400 });
  const failed = askMattermost("create a post", () => Promise.reject(cause));
  await expect(failed).rejects.toThrow("Mattermost could not create a post (app.post.long, status 400).");
});

test("an answer that does not come ends the wait, and no timer is left behind", async () => {
  const timers = new ManualTimers();
  const silent = askMattermost("create a post", () => new Promise(() => {}), timers);
  timers.advance(answerWithinMs);
  await expect(silent).rejects.toMatchObject({ code: "unanswered" });
  expect(await askMattermost("ask", async () => "answer", timers)).toBe("answer");
  expect(timers.pending).toBe(0);
});
