import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { fileURLToPath } from "node:url";
import type { SnoozeAnswer } from "@msteams-notifications/server/contract";
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
  const entry = fileURLToPath(new URL("testing/mount-snooze.ts", import.meta.url));
  const built = await Bun.build({ entrypoints: [entry], target: "browser", format: "iife", minify: true });
  script = (await built.outputs[0]?.text()) ?? "";
});
afterAll(() => browser.close());

describe.each([17, 18])("with React %d, the section of a snooze", (version) => {
  async function open(snoozed: SnoozeAnswer["snooze"]): Promise<Page> {
    const page = await browser.newPage();
    await page.setContent("<!doctype html><title>Settings</title><body></body>");
    for (const name of ["react", "react-dom"]) {
      // React 18 exports its scripts for pages to nobody, but has them.
      const folder = new URL(".", import.meta.resolve(`${name}-${version}/package.json`));
      await page.addScriptTag({ path: fileURLToPath(new URL(`umd/${name}.production.min.js`, folder)) });
    }
    expect(await page.evaluate("React.version")).toStartWith(`${version}.`);
    await page.evaluate(
      `Object.assign(window, { snoozed: ${JSON.stringify(snoozed) ?? "undefined"}, asked: [] })`,
    );
    await page.addScriptTag({ content: script });
    return page;
  }
  const chosen = (page: Page) => page.getByRole("combobox").locator("option:checked").textContent();

  test("snoozes and ends it, and says so to who does not see it", async () => {
    const page = await open({});
    const select = page.getByRole("combobox", { name: "Snooze messages" });
    await select.selectOption({ label: "For half an hour" });
    await page.getByRole("status").getByText("Snoozed.").waitFor();
    expect(await chosen(page)).toBe("Until 21:45");
    await select.selectOption({ label: "Not snoozed" });
    await page.getByRole("status").getByText("What was held arrives now.").waitFor();
    expect(await page.evaluate("asked")).toEqual([{ until: "30m" }, { until: "off" }]);
    await page.close();
  });

  test("works by keyboard alone", async () => {
    const page = await open({});
    await page.getByRole("combobox").waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowDown");
    await page.getByRole("status").getByText("Snoozed.").waitFor();
    await page.close();
  });

  test("says what went wrong, and stays as it was", async () => {
    const page = await open({ until: "22:15" });
    await page.getByRole("combobox").waitFor();
    await page.evaluate('failure = "A week is the most."');
    await page.getByRole("combobox").selectOption({ label: "For two hours" });
    await page.getByRole("status").getByText("A week is the most.").waitFor();
    expect(await chosen(page)).toBe("Until 22:15");
    await page.close();
  });

  test("follows what is changed elsewhere, and lets go when it is closed", async () => {
    const page = await open({ until: "22:15" });
    await page.getByRole("combobox").waitFor();
    await page.evaluate("snoozed = {}; changed()");
    await page.waitForFunction("document.querySelector('select').value === 'off'");
    expect(await page.evaluate("listeners")).toBe(1);
    await page.evaluate("unmount()");
    await page.waitForFunction("listeners === 0");
    await page.close();
  });

  test("says what there is to do without a connection", async () => {
    const page = await open(undefined);
    await page.getByText("Connect your Microsoft Teams account to snooze its messages.").waitFor();
    await page.close();
  });
});
