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

test("what comes while messages are snoozed is held, and arrives when that is ended", async () => {
  const { page } = opened;
  await page.command("/msteams settings direct all");
  await page.post("All messages of chats of two arrive.");
  await page.openSettings();
  const section = page.preferences.getByRole("region", { name: "Snooze" });
  await section.getByRole("combobox", { name: "Snooze messages" }).selectOption({ label: "For two hours" });
  await section.getByRole("status").getByText("Snoozed.").waitFor();
  await page.closeSettings();
  expect(await outcomeIn("oneOnOne", "Not now")).toBe("held: snoozed");
  await page.command("/msteams status");
  await page.post("nothing arrives: snoozed.");
  await page.command("/msteams why");
  await page.post("is held until");
  await page.command("/msteams snooze off");
  await page.post("Snoozing has ended. What was held arrives now.");
  await page.openChannel("msteams");
  await page.post("Not now");
});

test("a message waits for its moment's grace", async () => {
  const { page } = opened;
  await page.openChannel("Town Square");
  await page.command("/msteams settings grace 10m");
  await page.post("Messages arrive after 10 minutes, unless you saw them in Teams by then.");
  expect(await outcomeIn("oneOnOne", "In ten minutes")).toBe("held: held");
  await choose("A moment's grace", "At once");
  await page.openChannel("msteams");
  await page.post("In ten minutes");
});

test.each(["25:00", "8d", "yesterday"])(
  "%p is no time to snooze until, and changes nothing",
  async (typed) => {
    const { page } = opened;
    await page.openChannel("Town Square");
    await page.command(`/msteams snooze ${typed}`);
    await page.post("Nothing was changed. You can say 30m, 2h, 1d, 14:30, tomorrow or off.");
  },
);

test("what comes in quiet hours is held, and arrives when they are ended", async () => {
  const { page } = opened;
  await page.openSettings();
  const section = page.preferences.getByRole("region", { name: "Quiet hours" });
  await section.getByRole("textbox", { name: "Quiet hours" }).fill("daily 00:00-24:00");
  await section.getByRole("button", { name: "Save quiet hours" }).click();
  await section.getByRole("status").getByText("Saved.").waitFor();
  await page.closeSettings();
  expect(await outcomeIn("oneOnOne", "In the quiet")).toBe("held: quiet-hours");
  await page.command("/msteams status");
  await page.post("nothing arrives: quiet hours.");
  await page.command("/msteams quiet at night");
  await page.post("at night says no hours of days. Nothing was changed.");
  await page.command("/msteams quiet off");
  await page.post("You have no quiet hours any more. What was held arrives now.");
  await page.openChannel("msteams");
  await page.post("In the quiet");
});
