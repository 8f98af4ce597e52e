import { afterAll, beforeAll, expect, test } from "bun:test";
import { ada } from "../src/people.ts";
import { benWrites, type KindOfChat } from "./testing/ben-writes.ts";
import { type Opened, openSandbox } from "./testing/opened-sandbox.ts";

let opened: Opened;
beforeAll(async () => {
  opened = await openSandbox();
});
afterAll(() => opened[Symbol.asyncDispose]());

const outcomeIn = (kind: KindOfChat, text: string, mentionsAda = false) =>
  benWrites(opened, kind, text, mentionsAda);

test("a chat is muted from the menu of a post, and brings only what mentions its reader", async () => {
  const { page } = opened;
  expect(await outcomeIn("group", "Before the mute")).toBe("delivered");
  await page.openChannel("msteams");
  const post = await page.post("Before the mute");
  await post.getByRole("button", { name: "More actions" }).click();
  await post.getByRole("menuitem", { name: "Mute this Teams chat…" }).click();
  const answer = await page.post("Harbour project is not muted.");
  await answer.getByRole("button", { name: "Mute for an hour" }).click();
  const muted = await page.post("Harbour project is muted until");
  expect(await muted.textContent()).toContain("What mentions you still arrives");
  expect(await outcomeIn("group", "While muted")).toBe("suppressed: muted");
  expect(await outcomeIn("group", "look", true)).toBe("delivered");
  expect(await outcomeIn("oneOnOne", "Another chat")).toBe("delivered");
});

test("the welcome of the bot has no menu of that kind", async () => {
  const welcome = await opened.page.post(
    "While you are away or offline in Teams, your new Teams chat messages",
  );
  expect(await welcome.getByRole("button", { name: "More actions" }).count()).toBe(0);
});

test("chats lists the last chats, each with buttons that change it where it stands", async () => {
  const { page } = opened;
  await page.command("/msteams chats");
  const list = await page.post("Your last Teams chats.");
  const entry = (name: string) => list.locator("aside").filter({ hasText: name });
  await entry("Harbour project").getByText("muted until").waitFor();
  await entry("Ben Okafor").getByText("not muted").waitFor();
  await entry("Harbour project").getByRole("button", { name: "Unmute" }).click();
  await entry("Harbour project").getByText("not muted").waitFor();
  expect(await outcomeIn("group", "After the mute")).toBe("delivered");
  await entry("Ben Okafor").getByRole("button", { name: "Mute until you unmute it" }).click();
  await entry("Ben Okafor").getByText("muted until you unmute it").waitFor();
  expect(await outcomeIn("oneOnOne", "In the muted chat of two")).toBe("suppressed: muted");
});

test("a chat is suggested by its name while the command is typed, and then for how long", async () => {
  const { page } = opened;
  const input = page.mattermost.getByLabel("Message in Mattermost");
  const suggestion = (line: string) =>
    page.mattermost.getByRole("list", { name: "Suggestions" }).getByRole("button").filter({ hasText: line });
  await input.fill("/msteams unmute ");
  await suggestion("/msteams unmute Ben Okafor").click();
  await input.press("Enter");
  await page.post("Ben Okafor is no longer muted.");
  await input.fill("/msteams mute Har");
  await suggestion("/msteams mute Harbour project").click();
  await suggestion("/msteams mute Harbour project tomorrow").click();
  await input.press("Enter");
  await page.post("Harbour project is muted until tomorrow 09:00.");
  await page.command("/msteams unmute harbour");
  await page.post("Harbour project is no longer muted.");
});

test("in the thread of a chat it need not be named", async () => {
  const { page, sandbox } = opened;
  await page.command("/msteams settings threads chats");
  await page.post("The messages of each Teams chat stand in one thread.");
  expect(await outcomeIn("meeting", "In the meeting's thread")).toBe("delivered");
  const reader = await sandbox.signIn(ada.username);
  const { id } = await reader.me();
  const [bot] = await reader.request<{ id: string }[]>("POST", "/api/v4/users/usernames", ["msteams"]);
  const channel = await reader.directChannel(id, bot?.id ?? "");
  const { posts } = await reader.request<{ posts: Record<string, { message: string; root_id: string }> }>(
    "GET",
    `/api/v4/channels/${channel.id}/posts`,
  );
  const reply = Object.values(posts).find(({ message }) => message.includes("In the meeting's thread"));
  await reader.execute(channel.id, "/msteams mute 2h", reply?.root_id);
  await page.post("Safety review is muted until");
  expect(await outcomeIn("meeting", "While the meeting is muted")).toBe("suppressed: muted");
});

test.each([
  ["mute Nobody knows it", "None of your last chats is called Nobody knows it. Nothing was changed."],
  ["mute Harbour 25:00", "25:00 is no time. Nothing was changed. You can say 30m, 2h, 1d"],
  ["mute", "Say which chat:"],
  ["unmute harbour", "Nothing to change: Harbour project is not muted."],
])("%p is answered with what is possible", async (line, words) => {
  await opened.page.command(`/msteams ${line}`);
  await opened.page.post(words);
});

test("a chat is muted under Plugin Preferences, where mutes made elsewhere show at once", async () => {
  const { page } = opened;
  await page.openSettings();
  const section = page.preferences.getByRole("region", { name: "Muted chats" });
  const ben = section.getByRole("combobox", { name: "Mute Ben Okafor" });
  await ben.selectOption({ label: "Until I unmute it" });
  await section.getByRole("status").getByText("Saved for Ben Okafor.").waitFor();
  expect(await outcomeIn("oneOnOne", "Muted in the settings")).toBe("suppressed: muted");
  const reader = await opened.sandbox.signIn(ada.username);
  const { id } = await reader.me();
  await reader.execute((await reader.directChannel(id, id)).id, "/msteams unmute Ben Okafor");
  await section.getByRole("checkbox", { name: "Mentions of me in Ben Okafor still arrive" }).waitFor({
    state: "detached",
  });
  expect(await ben.locator("option:checked").textContent()).toBe("Not muted");
  await page.closeSettings();
});
