import { afterAll, beforeAll, expect, test } from "bun:test";
import { type Opened, openSandbox } from "./testing/opened-sandbox.ts";

let opened: Opened;
beforeAll(async () => {
  opened = await openSandbox();
  await opened.page.openChannel("msteams");
  await opened.page.openChat("Ada Byron");
});
afterAll(() => opened[Symbol.asyncDispose]());

/** The open Teams chat's message that shows `text`. */
const inTeams = (text: string) => opened.page.teams.getByRole("listitem").filter({ hasText: text }).last();

const posts = () => opened.page.posts.locator(":scope > li").count();

test("an edited message shows its new text in the same post, which says so", async () => {
  const { page } = opened;
  await page.send("The meeting is at nine");
  await page.post("The meeting is at nine");
  const before = await posts();
  await inTeams("The meeting is at nine").getByRole("button", { name: "Edit" }).click();
  await page.teams.getByLabel("Message in Teams").fill("The meeting is at ten");
  await page.teams.getByRole("button", { name: "Save" }).click();
  const post = await page.post("The meeting is at ten");
  expect(await post.textContent()).toContain("· edited ·");
  expect(await post.textContent()).not.toContain("at nine");
  expect(await posts()).toBe(before);
});

test("a deleted message loses its text and keeps its name, and comes back when the deletion is undone", async () => {
  const { page } = opened;
  await page.send("Nobody should read this");
  await page.post("Nobody should read this");
  const before = await posts();
  const message = inTeams("Nobody should read this");
  await message.getByRole("button", { name: "Delete" }).click();
  const post = await page.post("deleted in Teams");
  expect(await post.textContent()).toContain("Ben Okafor · ");
  expect(await page.posts.textContent()).not.toContain("Nobody should read this");
  await page.teams.getByRole("button", { name: "Undo" }).last().click();
  await page.post("Nobody should read this");
  expect(await posts()).toBe(before);
});

test("a message is edited and deleted by keyboard alone", async () => {
  const { page } = opened;
  const { keyboard } = page.page;
  await page.send("Typed with a mistkae");
  await page.post("Typed with a mistkae");
  await inTeams("Typed with a mistkae").getByRole("button", { name: "Edit" }).focus();
  await keyboard.press("Enter");
  await page.teams.getByLabel("Message in Teams").and(page.page.locator(":focus")).waitFor();
  await keyboard.press("ControlOrMeta+a");
  await keyboard.type("Typed without a mistake");
  await keyboard.press("Enter");
  await page.post("Typed without a mistake");
  await inTeams("Typed without a mistake").getByRole("button", { name: "Delete" }).focus();
  await keyboard.press("Space");
  await inTeams("Typed without a mistake").waitFor({ state: "detached" });
  await page.posts
    .locator("li")
    .filter({ hasText: "Typed without a mistake" })
    .waitFor({ state: "detached" });
});

test("messages in quick succession share a post while nobody looks, and are edited each by itself", async () => {
  const { page } = opened;
  await page.command("/msteams settings together on");
  await page.openChannel("Town Square");
  await page.openChat("Harbour project (4 people)");
  for (const text of ["A line", "a second one", "and a thrid"]) await page.send(text);
  await inTeams("and a thrid").getByRole("button", { name: "Edit" }).click();
  await page.teams.getByLabel("Message in Teams").fill("and a third");
  await page.teams.getByRole("button", { name: "Save" }).click();
  await page.openChannel("msteams");
  const post = await page.post("and a third");
  expect(await post.textContent()).toContain("A line");
  expect(await post.locator("blockquote").count()).toBe(3);
  expect(await post.getByRole("link", { name: "Open in Teams" }).count()).toBe(3);
});
