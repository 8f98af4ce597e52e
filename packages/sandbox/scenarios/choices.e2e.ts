import { afterAll, beforeAll, expect, test } from "bun:test";
import { ada, ben } from "../src/people.ts";
import { type Opened, openSandbox } from "./testing/opened-sandbox.ts";

let opened: Opened;
beforeAll(async () => {
  opened = await openSandbox();
});
afterAll(() => opened[Symbol.asyncDispose]());

/** Ben writes to Ada in their chat of two, in the group's or in the meeting's; resolves to what became of it for her. */
async function outcomeIn(
  chatType: "oneOnOne" | "group" | "meeting",
  html: string,
  mentioned?: { readonly id: string; readonly displayName: string },
): Promise<string> {
  const { page, sandbox } = opened;
  const before = await page.messageIds();
  const { directory, conversations } = sandbox.tenant.tenant;
  const writer = directory.user(ben.teamsEmail);
  const chat = conversations
    .ofUser(directory.user(ada.teamsEmail).id)
    .find((each) => each.chatType === chatType && each.members.some(({ userId }) => userId === writer.id));
  if (chat === undefined) throw new Error(`Ada and Ben have no chat of the kind ${chatType}.`);
  const mentions =
    mentioned === undefined
      ? []
      : [
          {
            id: 0,
            mentionText: mentioned.displayName,
            mentioned: { kind: "user", id: mentioned.id, displayName: mentioned.displayName } as const,
          },
        ];
  conversations.send(chat.id, { from: { userId: writer.id }, html, mentions });
  const { kind, reason } = await page.nextOutcome(before, await page.userIdOf(ada.username));
  return reason === undefined ? kind : `${kind}: ${reason}`;
}

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
  const mentioned = opened.sandbox.tenant.tenant.directory.user(ada.teamsEmail);
  expect(await outcomeIn("group", '<at id="0">Ada Byron</at>, look', mentioned)).toBe("delivered");
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
