import { afterAll, beforeAll, beforeEach, expect, test } from "bun:test";
import type { Request, Route } from "playwright-core";
import { eventually } from "../src/eventually.ts";
import { type Opened, openSandbox } from "./testing/opened-sandbox.ts";

/** As the page's menu names them. */
const ada = "Ada Byron (connected to Teams)";
const carla = "Carla Mendes (not connected yet)";
const nobody = "Nobody (signed out)";
const question = "**/plugins/msteams-notifications/api/v1/connection";

let opened: Opened;
/** Answers to the plugin's questions about the connection, by status, in order. */
const answered: number[] = [];
beforeAll(async () => {
  opened = await openSandbox();
  opened.page.page.on("response", (response) => {
    if (isQuestion(response.request())) answered.push(response.status());
  });
});
afterAll(() => opened[Symbol.asyncDispose]());

beforeEach(async () => {
  const { page } = opened;
  await page.page.context().clearCookies();
  answered.length = 0;
  await page.page.reload();
  await page.openChannel("msteams");
});

const isQuestion = (request: Request) =>
  request.method() === "GET" && request.url().endsWith("/api/v1/connection");

async function expectAccount(account: string): Promise<void> {
  const { page } = opened;
  await page.openSettings();
  await page.preferences.getByText(account).waitFor();
  await page.preferences.getByRole("button", { name: "Disconnect account" }).waitFor();
  await page.closeSettings();
}

async function expectOffer(): Promise<void> {
  const { page } = opened;
  await page.openSettings();
  await page.preferences.getByRole("button", { name: "Connect account", exact: true }).waitFor();
  expect(await page.preferences.getByText("@contoso.example").count()).toBe(0);
  await page.closeSettings();
}

test("whoever signs in on the sign-in page finds their connection, by one question and none before", async () => {
  await expectAccount("ada@contoso.example");
  expect(answered).toEqual([200]);
});

test("whoever is signed in already when the page loads finds their connection", async () => {
  const { page } = opened;
  await page.switchInMattermost(carla);
  await page.openChannel("Town Square");
  await eventually("Carla's answer", async () => (answered.length === 2 ? true : undefined));
  answered.length = 0;
  await page.page.reload();
  await page.openChannel("Town Square");
  await expectOffer();
  expect(answered).toEqual([200]);
});

test("the next person in the same tab finds their own connection, and the one before theirs again", async () => {
  const { page } = opened;
  await expectAccount("ada@contoso.example");
  await page.switchInMattermost(carla);
  await page.openChannel("Town Square");
  await expectOffer();
  await page.switchInMattermost(ada);
  await page.openChannel("msteams");
  await expectAccount("ada@contoso.example");
  expect(answered).toEqual([200, 200, 200]);
});

test("an address of Mattermost's web app opens its channel", async () => {
  const { page } = opened;
  const { origin } = new URL(page.page.url());
  await page.page.goto(`${origin}/contoso/channels/off-topic`);
  const channels = page.mattermost.getByRole("navigation", { name: "Channels" });
  await channels.locator("[aria-current=true]").filter({ hasText: "Off-Topic" }).waitFor();
  await page.page.goto(origin);
  await channels.locator("[aria-current=true]").filter({ hasText: "msteams" }).waitFor();
});

test("nobody is asked about while nobody is signed in", async () => {
  const { page } = opened;
  await expectAccount("ada@contoso.example");
  await page.switchInMattermost(nobody);
  await page.mattermost.getByText("Nobody is signed in.").waitFor();
  expect(await page.mattermost.getByRole("button", { name: "Settings" }).isDisabled()).toBe(true);
  expect(await page.posts.getByRole("listitem").count()).toBe(0);
  await page.switchInMattermost(carla);
  await page.openChannel("Town Square");
  await expectOffer();
  expect(answered).toEqual([200, 200]);
});

test("while the answer is on its way nothing of the person before is shown, nor when theirs comes late", async () => {
  const { page } = opened;
  await expectAccount("ada@contoso.example");
  const held: Route[] = [];
  await page.page.route(question, (route) => void held.push(route));
  const asked = (count: number) =>
    eventually("the question", async () => (held.length === count ? true : undefined));
  // Ada's, whose answer will come when she is gone.
  await page.switchInMattermost(nobody);
  await page.switchInMattermost(ada);
  await asked(1);
  const late = await held[0]?.fetch();
  await page.switchInMattermost(carla);
  await asked(2);
  await page.openChannel("Town Square");
  await page.openSettings();
  await page.preferences.getByText("Checking your connection").waitFor();
  expect(await page.preferences.getByText("@contoso.example").count()).toBe(0);
  const own = held[1]?.fetch();
  if (late !== undefined) await held[0]?.fulfill({ response: late });
  const answer = await own;
  if (answer !== undefined) await held[1]?.fulfill({ response: answer });
  await page.preferences.getByRole("button", { name: "Connect account", exact: true }).waitFor();
  expect(await page.preferences.getByText("@contoso.example").count()).toBe(0);
  await page.page.unroute(question);
  await page.closeSettings();
});
