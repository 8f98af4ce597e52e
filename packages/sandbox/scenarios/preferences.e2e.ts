import { afterAll, beforeAll, expect, test } from "bun:test";
import { type Opened, openSandbox } from "./testing/opened-sandbox.ts";

let opened: Opened;
beforeAll(async () => {
  opened = await openSandbox();
});
afterAll(() => opened[Symbol.asyncDispose]());

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
  const { page } = opened;
  await choose("Off");
  expect(await outcomeOf("Off in the settings")).toBe("suppressed: notifications-off");
  await choose("On");
  expect(await outcomeOf("On in the settings")).toBe("delivered");

  async function choose(option: string): Promise<void> {
    await page.mattermost.getByRole("button", { name: "Settings" }).click();
    await page.page.getByRole("region", { name: "MS Teams" }).getByRole("radio", { name: option }).check();
    await page.page.getByRole("button", { name: "Close" }).click();
  }
});

test("the preferences follow a connection that ends and offer to connect again", async () => {
  const { page } = opened;
  await page.mattermost.getByRole("button", { name: "Settings" }).click();
  const settings = page.page.getByRole("region", { name: "MS Teams" });
  await settings.getByText("ada@contoso.example").waitFor();
  page.page.once("dialog", (question) => void question.accept());
  await settings.getByRole("button", { name: "Disconnect account" }).click();
  await settings.getByRole("button", { name: "Connect account", exact: true }).waitFor();
  expect(await settings.getByRole("radio", { name: "On" }).isDisabled()).toBe(true);
});
