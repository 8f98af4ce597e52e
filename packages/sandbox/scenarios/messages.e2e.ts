import { afterAll, beforeAll, expect, test } from "bun:test";
import { pluginId } from "@msteams-notifications/server/contract";
import type { Locator } from "playwright-core";
import { ready } from "../src/sandbox.ts";
import { type Opened, openSandbox } from "./testing/opened-sandbox.ts";
import { shownWidth } from "./testing/shown-width.ts";

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
    "Ben Okafor in Harbour project (group chat, you and 2 others)",
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

test("both halves of the page and the settings work by keyboard in a narrow window", async () => {
  const { page } = opened;
  const { keyboard } = page.page;
  await page.page.setViewportSize({ width: 340, height: 800 });
  const overflow = await page.page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
  expect(overflow).toBeLessThanOrEqual(0);
  const person = page.mattermost.getByLabel("Person in Mattermost");
  expect((await person.boundingBox())?.width).toBeGreaterThan(200);

  await tabTo(page.teams.getByLabel("Message in Teams"));
  await keyboard.type("Sent without a mouse");
  await keyboard.press("Enter");
  await page.post("Sent without a mouse");

  await tabTo(page.mattermost.getByRole("button", { name: "Settings" }));
  await keyboard.press("Enter");
  const choices = page.section("Chat notifications");
  await tabTo(choices.getByRole("button", { name: "Edit" }));
  await keyboard.press("Enter");
  await tabTo(choices.getByRole("radio", { name: "On" }));
  await keyboard.press("ArrowDown");
  expect(await choices.getByRole("radio", { name: "Off" }).isChecked()).toBe(true);
  await tabTo(choices.getByRole("button", { name: "Save" }));
  await keyboard.press("Enter");
  await tabTo(page.page.getByRole("button", { name: "Close" }));
  await keyboard.press("Enter");
  await page.page.getByRole("dialog").waitFor({ state: "detached" });

  const command = page.mattermost.getByLabel("Message in Mattermost");
  await tabTo(command);
  await keyboard.type("/msteams notifications status");
  await keyboard.press("Enter");
  await page.post("Notifications are off.");
  await tabTo(person);
  await keyboard.press("ArrowDown");
  await tabTo(page.mattermost.getByRole("button", { name: "Town Square" }));
  await keyboard.press("Enter");
  await tabTo(command);
  await keyboard.type("/msteams status");
  await keyboard.press("Enter");
  await page.post("You are not connected to Microsoft Teams");
});

/** Presses Tab until `target` has the focus. */
async function tabTo(target: Locator): Promise<void> {
  await target.waitFor();
  for (let presses = 0; presses < 60; presses += 1) {
    if (await target.evaluate((element) => element.matches(":focus"))) return;
    await opened.page.page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not lead to ${target}.`);
}

async function postsFromTheBot() {
  const ada = await opened.sandbox.signIn("ada");
  const bot = await ada.request<{ id: string }>("GET", "/api/v4/users/username/msteams");
  const channel = await ada.directChannel((await ada.me()).id, bot.id);
  return ada.posts(channel.id);
}

test("the bot shows its own picture again after another plugin had it", async () => {
  const { page, sandbox } = opened;
  const { users } = sandbox.mattermost.system;
  const bot = users.findByUsername("msteams")?.id ?? "";
  users.patchBot(bot, { description: "Created by the MS Teams Sync plugin." });
  users.setPicture(bot, await picture("../src/page/examples/mooring-plan.png"));
  const show = async () => {
    await page.page.reload();
    await page.openChannel("msteams");
    return shownWidth(page.posts.locator(".portrait").last());
  };
  await page.switchInMattermost("Ada Byron (connected to Teams)");
  expect(await show()).toBe(widthOfPng(await picture("../src/page/examples/mooring-plan.png")));
  await sandbox.admin.request("POST", `/api/v4/plugins/${pluginId}/disable`);
  await sandbox.admin.enablePlugin(pluginId);
  await ready(sandbox.admin);
  expect(await show()).toBe(widthOfPng(await picture("../../../assets/bot.png")));
});

const picture = (path: string) => Bun.file(new URL(path, import.meta.url)).bytes();
/** Bytes 16 to 19 of every PNG (ISO/IEC 15948, section 11.2.2). */
const widthOfPng = (bytes: Uint8Array) => Buffer.from(bytes).readUInt32BE(16);

test("who changes the person at once sees nothing of the one before, and no error", async () => {
  const { page } = opened;
  await page.page.reload();
  const person = page.mattermost.getByLabel("Person in Mattermost");
  for (const name of ["Carla Mendes", "Ada Byron", "Carla Mendes"])
    await person.selectOption({
      label: (await person.locator("option", { hasText: name }).textContent()) ?? "",
    });
  await page.openChannel("Town Square");
  await page.settle("/msteams status");
  expect(await page.page.getByRole("alert").count()).toBe(0);
});
