import { afterAll, beforeAll, expect, test } from "bun:test";
import { type Opened, openSandbox } from "./testing/opened-sandbox.ts";

let opened: Opened;
beforeAll(async () => {
  opened = await openSandbox({ settings: { mostshown: "sender" } });
});
afterAll(() => opened[Symbol.asyncDispose]());

const picture = {
  name: "mooring.png",
  mimeType: "image/png",
  buffer: Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==",
    "base64",
  ),
};

/** Sends a message and edits it; resolves to everything that stands in the newest post of the bot, then and afterwards. */
async function sentAndEdited(text: string, name: string): Promise<readonly [string, string]> {
  const { page } = opened;
  await page.openChat("Ada Byron");
  await page.openChannel("msteams");
  const before = await page.posts.locator(":scope > li").count();
  await page.teams.getByLabel("Picture or file to send").setInputFiles(picture);
  await page.send(text);
  const post = page.posts.locator(":scope > li").nth(before);
  await post.getByText(name).waitFor();
  await page.settled();
  const sent = (await post.textContent()) ?? "";
  expect(await post.locator(".files img").count()).toBe(0);
  const message = page.teams.getByRole("listitem").filter({ hasText: text });
  await message.getByRole("button", { name: "Edit" }).click();
  await page.teams.getByLabel("Message in Teams").fill(`${text}, changed`);
  await page.teams.getByRole("button", { name: "Save" }).click();
  await post.getByText("edited").first().waitFor();
  return [sent, (await post.textContent()) ?? ""];
}

test("with less than the whole message allowed, who wrote is shown, and neither text nor picture, nor after an edit", async () => {
  const shown = await sentAndEdited("Nobody may read this", "Ben Okafor · Open in Teams");
  for (const each of shown) expect(each).not.toContain("Nobody may read");
});

test("a person chooses to be shown even less, and not more", async () => {
  const { page } = opened;
  await page.openSettings();
  await page.section("What is shown").getByRole("button", { name: "Edit" }).click();
  await page.preferences
    .getByText("Your administrator allows no more than Who wrote, and in which chat")
    .waitFor();
  await page.section("What is shown").getByRole("radio", { name: "That there is a message" }).check();
  await page.section("What is shown").getByRole("button", { name: "Save" }).click();
  await page.closeSettings();
  const shown = await sentAndEdited("Nor this", "A message for you in Teams");
  for (const each of shown) {
    expect(each).not.toContain("Nor this");
    expect(each).not.toContain("Ben");
  }
  await page.command("/msteams settings show whole");
  await page.post(
    "Your administrator allows no more than /msteams settings show sender. Nothing was changed.",
  );
});
