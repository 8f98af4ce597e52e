import { afterAll, beforeAll, expect, test } from "bun:test";
import type { RestUser } from "../src/mattermost/rest-client.ts";
import { ada, ben } from "../src/people.ts";
import { addReader } from "./testing/add-reader.ts";
import { type Opened, openSandbox } from "./testing/opened-sandbox.ts";

let opened: Opened;
beforeAll(async () => {
  opened = await openSandbox();
});
afterAll(() => opened[Symbol.asyncDispose]());

test("a person connects by a command, a link and one choice at Microsoft", async () => {
  const { page } = opened;
  await page.becomeInMattermost("Carla Mendes", "not connected yet");
  await page.command("/msteams connect");
  const popup = await page.followLink("carla@contoso.example");
  expect(await popup.getByRole("heading", { level: 1 }).textContent()).toBe("You are connected");
  // The link in the channel has become a confirmation.
  await page.post("You are connected to Teams as carla@contoso.example.");
  expect(await page.posts.getByRole("link", { name: "Connect your Microsoft Teams account" }).count()).toBe(
    0,
  );
  await page.openChannel("msteams");
  await page.post("/msteams notifications off");
  await page.becomeInTeams("Ben Okafor");
  await page.openChat("Carla Mendes");
  await page.send("Welcome aboard");
  await page.post("Welcome aboard");

  // Back to Mattermost, by keyboard on a phone: the person's own conversation with the bot.
  await popup.setViewportSize({ width: 320, height: 568 });
  const overflow = await popup.evaluate("document.documentElement.scrollWidth - window.innerWidth");
  expect(overflow).toBeLessThanOrEqual(0);
  await popup.keyboard.press("Tab");
  expect(await popup.locator(":focus").textContent()).toBe("Back to Mattermost");
  await popup.keyboard.press("Enter");
  await popup.waitForURL((url) => url.pathname === "/contoso/messages/@msteams");
  await popup.getByRole("list", { name: "Posts" }).getByText("Welcome aboard").waitFor();
  const there = popup.getByLabel("Person in Mattermost").locator("option:checked");
  expect(await there.textContent()).toContain("Carla Mendes");
  await popup.close();
});

test("a used link says that it is used", async () => {
  const { page } = opened;
  await page.becomeInMattermost("Dai Nakamura", "has another e-mail address in Mattermost");
  await page.command("/msteams connect");
  const href = await page.posts
    .getByRole("link", { name: "Connect your Microsoft Teams account" })
    .last()
    .getAttribute("href");
  const popup = await page.followLink("dai@contoso.example");
  const refusal = await popup.getByRole("main").textContent();
  expect(refusal).toContain("The e-mail addresses differ");
  expect(refusal).toContain("dai@elsewhere.example");
  await popup.goto(href ?? "");
  expect(await popup.getByRole("heading", { level: 1 }).textContent()).toBe("This link is no longer valid");
  await popup.getByRole("link", { name: "Go to Mattermost" }).click();
  await popup.getByRole("region", { name: "Mattermost", exact: true }).waitFor();
  await popup.close();
  await page.command("/msteams status");
  await page.post("You are not connected to Microsoft Teams");
});

test("who disconnects receives nothing any more", async () => {
  const { page, sandbox } = opened;
  const { directory, conversations, subscriptions } = sandbox.tenant.tenant;
  const [teamsAda, teamsBen] = [directory.user(ada.teamsEmail), directory.user(ben.teamsEmail)];
  const subscribed = () =>
    subscriptions.all.filter(({ topic }) => topic.kind === "userMessages" && topic.userId === teamsAda.id);
  expect(subscribed()).toHaveLength(1);
  await page.becomeInMattermost("Ada Byron", "connected to Teams");
  await page.command("/msteams disconnect");
  await page.post("You are no longer connected to Teams as ada@contoso.example");
  expect(subscribed()).toEqual([]);

  await addReader(sandbox, "staying");
  const staying = directory.user("reader-staying@contoso.example");
  const memberIds = [teamsAda.id, teamsBen.id, staying.id];
  conversations.create({ chatType: "group", memberIds, topic: "Farewell" });
  await page.becomeInTeams("Ben Okafor");
  await page.openChat("Ada Byron");
  await page.send("Nobody listens");
  const before = await page.messageIds();
  await page.openChat("Farewell (3 people)");
  await page.send("One of you listens");
  expect((await page.nextOutcome(before)).kind).toBe("delivered");
  await page.settled();
  const reader = await sandbox.signIn(ada.username);
  const { id } = await reader.me();
  expect((await page.outcomes()).filter(({ userId }) => userId === id)).toEqual([]);
  const bot = await reader.request<RestUser>("GET", "/api/v4/users/username/msteams");
  const { id: channelId } = await reader.directChannel(id, bot.id);
  const texts = (await reader.posts(channelId)).map(({ message }) => message);
  expect(texts).not.toEqual([]);
  expect(texts.filter((text) => text.includes("listens"))).toEqual([]);
});
