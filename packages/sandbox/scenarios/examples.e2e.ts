import { afterAll, beforeAll, expect, test } from "bun:test";
import { examples } from "../src/page/examples/index.ts";
import { type Opened, openSandbox } from "./testing/opened-sandbox.ts";

let opened: Opened;
beforeAll(async () => {
  opened = await openSandbox();
  await opened.page.openChannel("msteams");
});
afterAll(() => opened[Symbol.asyncDispose]());

test.each(examples.map((example) => [example.label, example] as const))(
  "“%s” reaches a post of its own",
  async (_, example) => {
    const { page } = opened;
    if (example.needs !== undefined) await page.settle(example.needs);
    await page.openChat("Ada Byron");
    const before = await page.posts.locator(":scope > li").count();
    await page.sendExample(example.label);
    await page.posts.locator(":scope > li").nth(before).filter({ hasText: example.shows }).waitFor();
    if (example.needs !== undefined) await page.settle(example.needs.replace(/ on$/, " off"));
  },
);

test("the menu works by keyboard in a narrow window", async () => {
  const { page } = opened;
  const { keyboard } = page.page;
  await page.page.setViewportSize({ width: 360, height: 800 });
  const button = page.teams.getByRole("button", { name: "Examples" });
  const focused = page.teams.locator("[role=menuitem]:focus");
  await button.focus();
  await keyboard.press("Enter");
  expect(await focused.textContent()).toBe("Text with emphasis");
  await keyboard.press("ArrowUp");
  expect(await focused.textContent()).toBe("A code snippet");
  await keyboard.press("Home");
  await keyboard.press("ArrowDown");
  expect(await focused.textContent()).toBe("Headings, lists, a quote");
  const overflow = await page.page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
  expect(overflow).toBeLessThanOrEqual(0);
  await keyboard.press("Escape");
  expect(await page.teams.getByRole("menu").count()).toBe(0);
  expect(await button.evaluate((element) => element.matches(":focus"))).toBe(true);
  await keyboard.press("ArrowDown");
  await keyboard.press("h");
  const before = await page.posts.locator(":scope > li").count();
  await keyboard.press("Enter");
  await page.posts.locator(":scope > li").nth(before).filter({ hasText: "night shift" }).waitFor();
  await button.click();
  await keyboard.press("Tab");
  expect(await page.teams.getByRole("menu").count()).toBe(0);
});
