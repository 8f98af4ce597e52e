import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { fileURLToPath } from "node:url";
import type { QuietAnswer } from "@msteams-notifications/server/contract";
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
  const entry = fileURLToPath(new URL("testing/mount-quiet-hours.ts", import.meta.url));
  const built = await Bun.build({ entrypoints: [entry], target: "browser", format: "iife", minify: true });
  script = (await built.outputs[0]?.text()) ?? "";
});
afterAll(() => browser.close());

describe.each([17, 18])("with React %d, the section of quiet hours", (version) => {
  async function open(quiet: QuietAnswer["quiet"]): Promise<Page> {
    const page = await browser.newPage();
    await page.setContent("<!doctype html><title>Settings</title><body></body>");
    for (const name of ["react", "react-dom"]) {
      // React 18 exports its scripts for pages to nobody, but has them.
      const folder = new URL(".", import.meta.resolve(`${name}-${version}/package.json`));
      await page.addScriptTag({ path: fileURLToPath(new URL(`umd/${name}.production.min.js`, folder)) });
    }
    expect(await page.evaluate("React.version")).toStartWith(`${version}.`);
    await page.evaluate(
      `Object.assign(window, { quiet: ${JSON.stringify(quiet) ?? "undefined"}, asked: [] })`,
    );
    await page.addScriptTag({ content: script });
    return page;
  }

  test("saves what was typed, shows how it was understood, and says so", async () => {
    const page = await open({ hours: "" });
    await page.getByRole("textbox", { name: "Quiet hours" }).fill("Daily 20:00-08:00");
    await page.getByRole("button", { name: "Save quiet hours" }).click();
    await page.getByRole("status").getByText("Saved.").waitFor();
    expect(await page.getByRole("textbox").inputValue()).toBe("daily 20:00-08:00");
    await page.getByRole("textbox").fill("");
    await page.getByRole("button").click();
    await page.getByRole("status").getByText("Saved: no quiet hours.").waitFor();
    expect(await page.evaluate("asked")).toEqual([{ hours: "Daily 20:00-08:00" }, { hours: "" }]);
    await page.close();
  });

  test("works by keyboard alone", async () => {
    const page = await open({ hours: "" });
    await page.getByRole("textbox").waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.type("daily 20:00-08:00");
    await page.keyboard.press("Enter");
    await page.getByRole("status").getByText("Saved.").waitFor();
    await page.close();
  });

  test("says what went wrong, and keeps what was typed", async () => {
    const page = await open({ hours: "daily 20:00-08:00" });
    await page.getByRole("textbox").fill("nights");
    await page.evaluate('failure = "nights says no hours of days."');
    await page.getByRole("button").click();
    await page.getByRole("status").getByText("nights says no hours of days.").waitFor();
    expect(await page.getByRole("textbox").inputValue()).toBe("nights");
    await page.close();
  });

  test("follows what is changed elsewhere, and lets go when it is closed", async () => {
    const page = await open({ hours: "daily 20:00-08:00" });
    await page.getByRole("textbox").waitFor();
    await page.evaluate("quiet = { hours: '' }; changed()");
    await page.waitForFunction("document.querySelector('input').value === ''");
    expect(await page.evaluate("listeners")).toBe(1);
    await page.evaluate("unmount()");
    await page.waitForFunction("listeners === 0");
    await page.close();
  });

  test("says what there is to do without a connection", async () => {
    const page = await open(undefined);
    await page.getByText("Connect your Microsoft Teams account to have quiet hours.").waitFor();
    await page.close();
  });
});
