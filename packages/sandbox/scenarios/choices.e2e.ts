import { afterAll, beforeAll, expect, test } from "bun:test";
import { benWrites, type KindOfChat } from "./testing/ben-writes.ts";
import { type Opened, openSandbox } from "./testing/opened-sandbox.ts";

let opened: Opened;
beforeAll(async () => {
  opened = await openSandbox();
});
afterAll(() => opened[Symbol.asyncDispose]());

const outcomeIn = (chatType: KindOfChat, html: string, mentionsAda = false) =>
  benWrites(opened, chatType, html, mentionsAda);

async function choose(section: string, option: string): Promise<void> {
  const { page } = opened;
  await page.openSettings();
  await page.changePreference(section, option);
  await page.closeSettings();
}

test("messages arrive while busy for whoever chose that, and the page says that they may come twice", async () => {
  const { page } = opened;
  await page.showPresence("Ada Byron", "In a meeting");
  expect(await outcomeIn("oneOnOne", "In your meeting")).toBe("suppressed: in-a-meeting");
  await choose("When messages arrive", "Away or offline; also busy, in a call or in a meeting");
  expect(await outcomeIn("oneOnOne", "In your meeting, too")).toBe("delivered");
  await page.openSettings();
  await page.section("When messages arrive").getByRole("button", { name: "Edit" }).click();
  const twice = page.preferences.getByText("may then come twice").first();
  await twice.waitFor();
  await page.closeSettings();
  await page.openChannel("Town Square");
  await page.command("/msteams settings when always");
  await page.post("They arrive always, whatever Teams shows of you.");
});

test("chats of two, group chats and meeting chats arrive as chosen for each", async () => {
  const { page } = opened;
  await choose("Group chats", "Messages that mention me");
  await page.openChannel("Town Square");
  await page.command("/msteams settings direct none");
  await page.post("Nothing of chats of two arrives.");
  expect(await outcomeIn("oneOnOne", "Nothing of this")).toBe("suppressed: kind-off");
  expect(await outcomeIn("group", "To nobody by name")).toBe("suppressed: not-mentioned");
  expect(await outcomeIn("group", "look", true)).toBe("delivered");
  expect(await outcomeIn("meeting", "In the meeting's chat")).toBe("delivered");
});

test("the status says in one paragraph what is in force", async () => {
  const { page } = opened;
  await page.command("/msteams status");
  const said = (await (await page.post("You are connected to Teams as")).textContent()) ?? "";
  for (const words of [
    "Notifications are on",
    "They arrive always",
    "Nothing of chats of two arrives",
    "Of group chats, only what mentions you or everyone arrives",
  ])
    expect(said).toContain(words);
  expect(said).not.toContain("meeting chats");
});

test("a value that does not exist is answered with those that do, and changes nothing", async () => {
  const { page } = opened;
  await page.command("/msteams settings when lunch");
  await page.post("/msteams settings when unavailable");
  await page.command("/msteams settings when");
  await page.post("They arrive always, whatever Teams shows of you. Change:");
});
