import { afterAll, beforeAll, expect, test } from "bun:test";
import { type Browser, chromium, type Page } from "playwright-core";
import { type Listener, listen } from "../listening/listener.ts";
import { type LoginHost, loginHostListening } from "../testing/login-host.ts";

let host: LoginHost & AsyncDisposable;
let app: Listener;
let browser: Browser;
let page: Page;
let back: string;

beforeAll(async () => {
  host = await loginHostListening();
  host.tenant.directory.addUser({ displayName: "Ada Lovelace" });
  host.tenant.directory.addUser({
    displayName: "Alan Turing",
    userType: "Guest",
    userPrincipalName: "alan_elsewhere.example#EXT#@a-very-long-name-of-an-organisation.contoso.example",
  });
  app = await listen(async (request) => new Response(`back by ${request.method}: ${await request.text()}`));
  back = `${app.url}/complete`;
  host.app.redirectUris.push(back);
  // Without the sandbox, because test machines often run as root, where Chromium refuses it.
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
  page = await browser.newPage({ viewport: { width: 320, height: 568 } });
});

afterAll(async () => {
  await browser.close();
  await app[Symbol.asyncDispose]();
  await host[Symbol.asyncDispose]();
});

function address(extra: Readonly<Record<string, string>>): string {
  const parameters = {
    client_id: host.app.clientId,
    response_type: "code",
    redirect_uri: back,
    scope: "openid profile",
    ...extra,
  };
  return `${host.loginUrl}/${host.tenant.id}/oauth2/v2.0/authorize?${new URLSearchParams(parameters)}`;
}

const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
/** A key pressed before the page has its focus goes nowhere. */
async function pressEnter(): Promise<void> {
  await page.locator("button:focus, input:focus").waitFor();
  await page.keyboard.press("Enter");
}
const focusedText = () =>
  page.evaluate(() => document.activeElement?.textContent?.replaceAll(/\s+/g, " ").trim() ?? "");

test("the account picker fits 320 pixels and starts at its first account", async () => {
  await page.goto(address({ prompt: "select_account" }));
  expect(await overflow()).toBeLessThanOrEqual(0);
  await page.locator("button:focus").waitFor();
  expect(await focusedText()).toStartWith("Grace Hopper");
});

test("Tab and Enter choose the second account", async () => {
  await page.goto(address({ prompt: "select_account" }));
  await page.locator("button:focus").waitFor();
  await page.keyboard.press("Tab");
  expect(await focusedText()).toStartWith("Ada Lovelace");
  await pressEnter();
  await page.waitForURL(`${back}?**`);
  expect(new URL(page.url()).searchParams.get("code")).toBeString();
});

test("another account is typed and sent with Enter", async () => {
  await page.goto(address({ prompt: "login" }));
  await page.getByRole("button", { name: "Use another account" }).click();
  await page.locator("input[name=username]:focus").waitFor();
  await page.keyboard.type("grace.hopper@contoso.example");
  await pressEnter();
  await page.waitForURL(`${back}?**`);
  expect(new URL(page.url()).searchParams.get("code")).toBeString();
});

test("form_post comes back by itself", async () => {
  await page.goto(address({ prompt: "login", response_mode: "form_post" }));
  await pressEnter();
  await page.waitForURL(back);
  expect(await page.textContent("body")).toStartWith("back by POST: code=");
});

test("a single sign-on needs no page, and Cancel on the consent page declines", async () => {
  await page.goto(address({ login_hint: "grace.hopper@contoso.example" }));
  expect(new URL(page.url()).searchParams.get("code")).toBeString();
  await page.goto(address({ prompt: "consent" }));
  await pressEnter();
  await page.getByRole("heading", { name: "Permissions requested" }).waitFor();
  expect(await overflow()).toBeLessThanOrEqual(0);
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.waitForURL(`${back}?**`);
  expect(new URL(page.url()).searchParams.get("error")).toBe("access_denied");
});
