import { afterAll, beforeAll, expect, test } from "bun:test";
import { benWrites } from "./testing/ben-writes.ts";
import { type Opened, openSandbox } from "./testing/opened-sandbox.ts";

let opened: Opened;
beforeAll(async () => {
  opened = await openSandbox();
});
afterAll(() => opened[Symbol.asyncDispose]());

test("a post tells from its menu why it arrived", async () => {
  const { page } = opened;
  expect(await benWrites(opened, "oneOnOne", "While you are away")).toBe("delivered");
  await page.openChannel("msteams");
  const post = await page.post("While you are away");
  await post.getByRole("button", { name: "More actions" }).click();
  await post.getByRole("menuitem", { name: "Why did this arrive?" }).click();
  await page.post("in a chat of two: arrived, because Teams showed you as away.");
});

test("the last decisions are told in words, and nothing of the messages", async () => {
  const { page } = opened;
  await page.command("/msteams settings groups none");
  await page.post("Nothing of group chats arrives.");
  expect(await benWrites(opened, "group", "A secret of the group")).toBe("suppressed: kind-off");
  await page.command("/msteams why");
  const told = (await (await page.post("What was decided about your last messages")).textContent()) ?? "";
  expect(told).toContain("in a group chat: did not arrive, because you want nothing of chats of its kind");
  expect(told).toContain("in a chat of two: arrived, because Teams showed you as away.");
  expect(told).not.toContain("secret");
});
