import { afterAll, beforeAll, expect, test } from "bun:test";
import { type Opened, openSandbox } from "./testing/opened-sandbox.ts";

let opened: Opened;
beforeAll(async () => {
  opened = await openSandbox();
});
afterAll(() => opened[Symbol.asyncDispose]());

test("a message to somebody who is away arrives as the bot's direct message with a link to the chat", async () => {
  const { page } = opened;
  await page.openChannel("msteams");
  await page.openChat("Ada Byron");
  await page.send("Are you still coming to the review?");
  const post = await page.post("Are you still coming to the review?");
  expect(await post.locator("strong").first().textContent()).toBe("msteams");
  expect(await post.textContent()).toContain("Ben Okafor");
  expect(await post.locator("blockquote").textContent()).toContain("Are you still coming to the review?");
  const link = new URL((await post.getByRole("link", { name: "Open in Teams" }).getAttribute("href")) ?? "");
  expect(link.pathname).toMatch(/^\/l\/message\/19%3A[^/]+%40unq\.gbl\.spaces\/\d{13}$/);
  expect(link.searchParams.get("context")).toBe('{"contextType":"chat"}');
});

test("a group message names the chat and how many others read it", async () => {
  const { page } = opened;
  await page.openChannel("msteams");
  await page.openChat("Harbour project (4 people)");
  await page.send("The quay is ready");
  expect(await (await page.post("The quay is ready")).textContent()).toContain(
    "Ben Okafor wrote in Harbour project (group chat, you and 2 others) in Teams",
  );
});

test("what somebody writes cannot mention anyone and stays inside its quote", async () => {
  const { page } = opened;
  await page.openChannel("msteams");
  await page.openChat("Ada Byron");
  await page.send("@all please read ~town-square\n> not my words\n# loud");
  const post = await page.post("please read");
  expect(await post.locator("blockquote blockquote, h1").count()).toBe(0);
  const last = (await postsFromTheBot()).at(-1)?.message ?? "";
  expect(last).toContain("please read");
  // Mattermost reads a name right behind the sign; a zero-width character between them is no name.
  expect(last).not.toMatch(/@all|~town-square/);
});

test("the page works by keyboard in a narrow window", async () => {
  const { page } = opened;
  await page.page.setViewportSize({ width: 360, height: 800 });
  const overflow = await page.page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
  expect(overflow).toBeLessThanOrEqual(0);
  const input = page.teams.getByLabel("Message in Teams");
  await input.focus();
  await page.page.keyboard.type("Sent without a mouse");
  await page.page.keyboard.press("Enter");
  await page.post("Sent without a mouse");
  await page.page.setViewportSize({ width: 1280, height: 900 });
});

async function postsFromTheBot() {
  const ada = await opened.sandbox.signIn("ada");
  const bot = await ada.request<{ id: string }>("GET", "/api/v4/users/username/msteams");
  const channel = await ada.directChannel((await ada.me()).id, bot.id);
  return ada.posts(channel.id);
}
