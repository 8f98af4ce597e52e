import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { fileURLToPath } from "node:url";
import type { ChatAnswer } from "@msteams-notifications/server/contract";
import { type Browser, chromium, type Page } from "playwright-core";

/** The section drawn by each React that Mattermost has brought, in a real browser. */

let browser: Browser;
let script = "";
beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    // Test machines often run as root, where Chromium refuses its sandbox.
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
  });
  const entry = fileURLToPath(new URL("testing/mount-muted-chats.ts", import.meta.url));
  const built = await Bun.build({ entrypoints: [entry], target: "browser", format: "iife", minify: true });
  script = (await built.outputs[0]?.text()) ?? "";
});
afterAll(() => browser.close());

const harbour: ChatAnswer = { chatId: "19:h", label: "Harbour project", kind: "group chat" };
const ben: ChatAnswer = { chatId: "19:b", label: "Ben", kind: "chat of two", mute: { mentions: true } };

describe.each([17, 18])("with React %d, the section of muted chats", (version) => {
  async function open(chats: readonly ChatAnswer[] | undefined): Promise<Page> {
    const page = await browser.newPage();
    await page.setContent("<!doctype html><title>Settings</title><body></body>");
    for (const name of ["react", "react-dom"]) {
      // React 18 exports its scripts for pages to nobody, but has them.
      const folder = new URL(".", import.meta.resolve(`${name}-${version}/package.json`));
      await page.addScriptTag({ path: fileURLToPath(new URL(`umd/${name}.production.min.js`, folder)) });
    }
    expect(await page.evaluate("React.version")).toStartWith(`${version}.`);
    await page.evaluate(
      `Object.assign(window, { chats: ${JSON.stringify(chats) ?? "undefined"}, asked: [] })`,
    );
    await page.addScriptTag({ content: script });
    return page;
  }
  const asked = (page: Page) => page.evaluate("asked");

  test("mutes and unmutes, and says so to who does not see it", async () => {
    const page = await open([harbour, ben]);
    const select = page.getByRole("combobox", { name: "Mute Harbour project" });
    await select.selectOption({ label: "For an hour" });
    await page.getByRole("status").getByText("Saved for Harbour project.").waitFor();
    expect(await select.locator("option:checked").textContent()).toBe("Until 22:15");
    const mentions = page.getByRole("checkbox", { name: "Mentions of me in Harbour project still arrive" });
    await mentions.click();
    await page.waitForFunction("asked.length === 2");
    expect(await mentions.isChecked()).toBe(false);
    await page.getByRole("combobox", { name: "Mute Ben" }).selectOption({ label: "Not muted" });
    await page.getByRole("status").getByText("Saved for Ben.").waitFor();
    expect(await asked(page)).toEqual([
      { chatId: "19:h", until: "1h", mentions: true },
      { chatId: "19:h", until: "as-it-is", mentions: false },
      { chatId: "19:b", until: "off", mentions: true },
    ]);
    await page.close();
  });

  test("works by keyboard alone", async () => {
    const page = await open([harbour]);
    await page.getByRole("combobox").waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowDown");
    await page.getByRole("status").getByText("Saved for Harbour project.").waitFor();
    await page.keyboard.press("Tab");
    await page.getByRole("checkbox").focus();
    await page.keyboard.press("Space");
    await page.waitForFunction("asked.length === 2");
    await page.close();
  });

  test("says what went wrong, and stays as it was", async () => {
    const page = await open([harbour]);
    await page.evaluate('failure = "You have muted 100 chats."');
    const select = page.getByRole("combobox");
    await select.selectOption({ label: "Until I unmute it" });
    await page.getByRole("status").getByText("You have muted 100 chats.").waitFor();
    expect(await select.locator("option:checked").textContent()).toBe("Not muted");
    await page.close();
  });

  test("follows what is changed elsewhere, and lets go when it is closed", async () => {
    const page = await open([harbour]);
    await page.getByRole("combobox").waitFor();
    await page.evaluate(`chats = ${JSON.stringify([harbour, ben])}; changed()`);
    await page.getByRole("combobox", { name: "Mute Ben" }).waitFor();
    expect(await page.evaluate("listeners")).toBe(1);
    await page.evaluate("unmount()");
    await page.waitForFunction("listeners === 0");
    await page.close();
  });

  test("says what there is to do without chats, and without a connection", async () => {
    const none = await open([]);
    await none.getByText("No Teams chat has brought you anything yet.").waitFor();
    await none.close();
    const unconnected = await open(undefined);
    await unconnected.getByText("Connect your Microsoft Teams account to mute chats.").waitFor();
    await unconnected.close();
  });
});
