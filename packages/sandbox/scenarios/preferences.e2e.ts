import { afterAll, beforeAll, expect, test } from "bun:test";
import { choiceNames } from "@msteams-notifications/server/choices";
import { ada } from "../src/people.ts";
import { type Opened, openSandbox } from "./testing/opened-sandbox.ts";
import { shownWidth } from "./testing/shown-width.ts";

let opened: Opened;
beforeAll(async () => {
  opened = await openSandbox();
});
afterAll(() => opened[Symbol.asyncDispose]());

async function choose(group: string, option: string): Promise<void> {
  const { page } = opened;
  await page.openSettings();
  await page.changePreference(group, option);
  await page.closeSettings();
}

/** What becomes of a bot's message in the chat of Ada and Ben. */
async function outcomeOfBot(text: string): Promise<string> {
  const { page, sandbox } = opened;
  const before = await page.messageIds();
  const { directory, conversations } = sandbox.tenant.tenant;
  const [chat] = conversations.ofUser(directory.user(ada.teamsEmail).id);
  if (chat === undefined) throw new Error("Ada has no chat.");
  const from = {
    kind: "application",
    id: "build",
    displayName: "Build bot",
    applicationIdentityType: "bot",
  } as const;
  conversations.send(chat.id, { from, text });
  const { kind, reason } = await page.nextOutcome(before);
  return reason === undefined ? kind : `${kind}: ${reason}`;
}

async function outcomeOf(text: string): Promise<string> {
  const { page } = opened;
  await page.openChat("Ada Byron");
  const before = await page.messageIds();
  await page.send(text);
  const { kind, reason } = await page.nextOutcome(before);
  return reason === undefined ? kind : `${kind}: ${reason}`;
}

test("notifications are turned off and on by a command", async () => {
  const { page } = opened;
  await page.openChannel("Town Square");
  await page.command("/msteams notifications off");
  await page.post("Notifications are off.");
  expect(await outcomeOf("Not now")).toBe("suppressed: notifications-off");
  await page.command("/msteams notifications on");
  await page.post("Notifications are on:");
  expect(await outcomeOf("Now again")).toBe("delivered");
});

test("notifications are turned off and on under Plugin Preferences", async () => {
  await choose("Chat notifications", "Off");
  expect(await outcomeOf("Off in the settings")).toBe("suppressed: notifications-off");
  await choose("Chat notifications", "On");
  expect(await outcomeOf("On in the settings")).toBe("delivered");
});

test("one thread for each Teams chat is chosen under Plugin Preferences", async () => {
  const { page } = opened;
  await choose("Threads", "In one thread for each Teams chat");
  for (const text of ["First in the thread", "Second in the thread"])
    expect(await outcomeOf(text)).toBe("delivered");
  await page.openChannel("msteams");
  for (const text of ["First in the thread", "Second in the thread"])
    expect(await (await page.post(text)).textContent()).toStartWith("↳ Teams chat with Ben Okafor");
  const roots = page.posts.locator(":scope > li:not(.reply)").filter({ hasText: "arrive as replies" });
  expect(await roots.count()).toBe(1);
  await page.command("/msteams settings threads flat");
  await page.post("From the next message on: The messages of all chats stand one below the other.");
  expect(await outcomeOf("Flat again")).toBe("delivered");
  expect(await (await page.post("Flat again")).textContent()).not.toContain("↳");
});

test("messages of bots arrive for whoever chose them", async () => {
  expect(await outcomeOfBot("Build 41 failed")).toBe("suppressed: from-application");
  await choose("Bots and apps", "People, bots and apps");
  expect(await outcomeOfBot("Build 42 failed")).toBe("delivered");
  expect(await (await opened.page.post("Build 42 failed")).textContent()).toContain("Build bot (app)");
});

test("a choice made by a command shows in the open preferences", async () => {
  const { page, sandbox } = opened;
  const reader = await sandbox.signIn(ada.username);
  await page.openSettings();
  await page.section("Threads").getByText("One below the other").waitFor();
  const { id } = await reader.me();
  const channel = await reader.directChannel(id, id);
  await reader.execute(channel.id, "/msteams settings threads chats");
  await page.section("Threads").getByText("In one thread for each Teams chat").waitFor();
  await page.closeSettings();
});

test("a choice that is not saved is none", async () => {
  const { page } = opened;
  await page.openSettings();
  const threads = page.section("Threads");
  await threads.getByRole("button", { name: "Edit" }).click();
  await threads.getByRole("radio", { name: "One below the other" }).check();
  await threads.getByRole("button", { name: "Cancel" }).click();
  await threads.getByText("In one thread for each Teams chat").waitFor();
  await page.closeSettings();
});

test("the plugin's picture shows beside its name", async () => {
  const { page } = opened;
  await page.openSettings();
  const picture = page.page.getByRole("navigation", { name: "Plugin preferences" }).getByAltText("MS Teams");
  expect(await shownWidth(picture)).toBeGreaterThan(0);
  await page.closeSettings();
});

test("the values of a setting are suggested while it is typed", async () => {
  const { page } = opened;
  const input = page.mattermost.getByLabel("Message in Mattermost");
  await input.fill("/msteams settings threads ");
  const suggestions = page.mattermost.getByRole("list", { name: "Suggestions" }).getByRole("button");
  await suggestions.filter({ hasText: "/msteams settings threads chats" }).click();
  expect(await input.inputValue()).toBe("/msteams settings threads chats ");
  await input.fill("");
});

test("the preferences follow a connection that ends and offer to connect again", async () => {
  const { page } = opened;
  await page.openSettings();
  const { preferences } = page;
  await preferences.getByText("ada@contoso.example").waitFor();
  page.page.once("dialog", (question) => void question.accept());
  await preferences.getByRole("button", { name: "Disconnect account" }).click();
  await preferences.getByRole("button", { name: "Connect account", exact: true }).waitFor();
  expect(await preferences.getByRole("button", { name: "Edit" }).count()).toBe(0);
});

test("the open preferences follow a connection made from them", async () => {
  const { page } = opened;
  const { preferences } = page;
  const connect = preferences.getByRole("button", { name: "Connect account", exact: true });
  const popup = await page.signIn(() => connect.click(), ada.teamsEmail);
  expect(await popup.getByRole("heading", { level: 1 }).textContent()).toBe("You are connected");
  await popup.close();
  await preferences.getByRole("button", { name: "Disconnect account" }).waitFor();
  await preferences.getByText("ada@contoso.example").waitFor();
  expect(await preferences.getByRole("button", { name: "Edit" }).count()).toBe(choiceNames.length);
  await page.changePreference("Chat notifications", "Off");
  await page.closeSettings();
  expect(await outcomeOf("Off since connecting again")).toBe("suppressed: notifications-off");
});

test("an administrator ends a connection, and the bot says so to its person", async () => {
  const { page, sandbox } = opened;
  const { id } = await sandbox.admin.me();
  const channel = await sandbox.admin.directChannel(id, id);
  await sandbox.admin.execute(channel.id, "/msteams admin disconnect @ada");
  await page.openChannel("msteams");
  await page.post("A system administrator has ended your connection to Teams as ada@contoso.example.");
});
