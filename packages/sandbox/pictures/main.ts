import { mkdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { openSandbox } from "../scenarios/testing/opened-sandbox.ts";
import { examples } from "../src/page/examples/index.ts";
import { PhotographedPage } from "./photographed-page.ts";

/**
 * `npm run pictures`: draws docs/images/messages and docs/images/using anew, one picture of each example's post and of what can be chosen, and those
 * of the whole page. Run
 * it after a change of how posts look, and look at what changed. Needs Chromium and a font with emoji.
 */
const images = fileURLToPath(new URL("../../../docs/images/", import.meta.url));

/** What is laid out differently, or may not fit, on a phone. */
const alsoNarrow = new Set([
  "text",
  "lists",
  "table",
  "table-wide",
  "code",
  "mention",
  "adaptive-card",
  "picture",
  "urgent",
]);

/** Kinds whose post changes when attachments are not copied. */
const alsoNamed = ["picture", "file"];

async function pictureOfEach(page: PhotographedPage): Promise<void> {
  for (const { kind, needs } of examples) {
    if (needs !== undefined) await page.visitor.settle(needs);
    const post = await page.sent(kind);
    // They join the text a moment later.
    if (alsoNamed.includes(kind)) await post.getByRole("list", { name: "Files" }).waitFor();
    // The whole of it would be a wall of text.
    if (kind === "long") await page.shootEnd(post, `messages/${kind}`);
    else await page.shoot(post, `messages/${kind}`);
    if (alsoNarrow.has(kind)) await page.shootNarrow(post, `messages/${kind}-narrow`);
    if (needs !== undefined) await page.visitor.settle(needs.replace(/ on$/, " off"));
  }
}

/** Two messages of a chat below the post that names it. */
async function pictureOfThread(page: PhotographedPage): Promise<void> {
  await page.visitor.settle("/msteams settings threads chats");
  const posts = page.visitor.posts.locator(":scope > li");
  const first = await posts.count();
  for (const kind of ["mention", "mention-everyone"]) await page.sent(kind);
  await posts.nth(first + 2).waitFor();
  await page.shootFrom(posts.nth(first), posts.nth(first + 2), "messages/thread");
  await page.visitor.settle("/msteams settings threads flat");
}

async function pictureOfStatus(page: PhotographedPage): Promise<void> {
  await page.visitor.settle("/msteams status");
  await page.shoot(page.visitor.posts.locator(".ephemeral").last(), "messages/status");
}

async function pictureOfPreferences(page: PhotographedPage): Promise<void> {
  const { visitor } = page;
  await visitor.openSettings();
  const dialog = visitor.page.getByRole("dialog", { name: "Settings" });
  await visitor.section("Chat notifications").getByRole("button", { name: "Edit" }).click();
  await page.shootHigh(dialog, "preferences");
}

/** What a person chose, as they meet it; each picture stands in docs/using.md. */
async function picturesOfChoices(page: PhotographedPage): Promise<void> {
  const { visitor } = page;
  const answer = () => visitor.posts.locator(".ephemeral").last();
  await visitor.openChat("Safety review (4 people)");
  await visitor.send("The minutes are in");
  await visitor.post("The minutes are in");
  await visitor.openChat("Ada Byron");
  await visitor.send("Shall we talk?");
  await visitor.post("Shall we talk?");
  const post = await page.sent("mention");
  await post.hover();
  await post.getByRole("button", { name: "More actions" }).click();
  await page.shootAround(post, "using/post-menu");
  await post.getByRole("menuitem", { name: "Mute this Teams chat…" }).click();
  await visitor.settle("/msteams mute Harbour project tomorrow");
  await visitor.openChat("Harbour project (4 people)");
  await visitor.send("Who has the keys?");
  await visitor.settled();
  await visitor.settle("/msteams chats");
  await page.shoot(answer(), "using/chats");
  await visitor.settle("/msteams why");
  await page.shoot(answer(), "using/why");
  for (const shown of ["sender", "notice"]) {
    await visitor.settle(`/msteams settings show ${shown}`);
    const posts = visitor.posts.locator(":scope > li:not(.ephemeral)");
    const before = await posts.count();
    await visitor.openChat("Ada Byron");
    await visitor.send(`Lunch at the harbour? (${shown})`);
    await posts.nth(before).waitFor();
    await page.shoot(posts.nth(before), `using/shown-${shown}`);
  }
  await visitor.settle("/msteams settings when busy");
  await visitor.settle("/msteams status");
  await page.shoot(answer(), "using/status");
  await visitor.openSettings();
  const muted = visitor.preferences.getByRole("region", { name: "Muted chats" });
  await muted.getByRole("combobox").first().waitFor();
  await page.shootHigh(muted, "using/muted-chats");
  await visitor.closeSettings();
}

for (const folder of ["messages", "using"]) {
  rmSync(`${images}${folder}`, { recursive: true, force: true });
  mkdirSync(`${images}${folder}`, { recursive: true });
}
{
  await using opened = await openSandbox();
  const page = new PhotographedPage(opened.page, images);
  await page.shootWholePage(["table", "mention", "urgent", "reply"], "sandbox");
}
{
  await using opened = await openSandbox();
  const page = new PhotographedPage(opened.page, images);
  await page.layOutForPictures();
  await pictureOfEach(page);
  await pictureOfThread(page);
  await pictureOfStatus(page);
  await pictureOfPreferences(page);
}
{
  await using opened = await openSandbox({ settings: { copyattachments: false } });
  const page = new PhotographedPage(opened.page, images);
  await page.layOutForPictures();
  for (const kind of alsoNamed) await page.shoot(await page.sent(kind), `messages/${kind}-not-copied`);
}
{
  await using opened = await openSandbox();
  const page = new PhotographedPage(opened.page, images);
  await page.layOutForPictures();
  await picturesOfChoices(page);
}
