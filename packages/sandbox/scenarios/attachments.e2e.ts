import { afterAll, beforeAll, expect, test } from "bun:test";
import { type Opened, openSandbox } from "./testing/opened-sandbox.ts";

let opened: Opened;
beforeAll(async () => {
  opened = await openSandbox({ settings: { largestcopymegabytes: 1 } });
});
afterAll(() => opened[Symbol.asyncDispose]());

/** A red dot of one pixel. */
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==",
  "base64",
);

async function bring(text: string, file: { name: string; mimeType: string; buffer: Buffer }) {
  const { page } = opened;
  await page.openChannel("msteams");
  await page.openChat("Ada Byron");
  await page.teams.getByLabel("Picture or file to send").setInputFiles(file);
  await page.send(text);
  return page.post(text);
}

test("a picture is seen in the post of its text", async () => {
  const post = await bring("The new mooring", { name: "mooring.png", mimeType: "image/png", buffer: png });
  const image = post.getByRole("img");
  await image.waitFor();
  expect(await image.getAttribute("alt")).toBe("picture-1.png");
  expect(await post.textContent()).not.toContain("Image");
  const shown = 'document.querySelector(".files img")';
  const width = `${shown}.decode().then(() => ${shown}.naturalWidth)`;
  expect(await opened.page.page.evaluate(width)).toBe(1);
});

test("a file hangs on the post of its text and holds what was sent", async () => {
  const { page } = opened;
  const buffer = Buffer.from("figures of the quarter");
  const post = await bring("The report", { name: "report.txt", mimeType: "text/plain", buffer });
  const link = post.getByRole("list", { name: "Files" }).getByRole("link");
  await link.waitFor();
  expect(await link.textContent()).toBe("report.txt (1 kB)");
  expect(await post.textContent()).not.toContain("File:");
  const address = new URL((await link.getAttribute("href")) ?? "", page.page.url()).href;
  expect(await (await page.page.request.get(address)).text()).toBe("figures of the quarter");
});

test("what is too large is said below the text, whose link stays", async () => {
  const buffer = Buffer.alloc(1024 * 1024 + 1);
  const post = await bring("The film", { name: "film.mp4", mimeType: "video/mp4", buffer });
  const note = post.locator("aside");
  await note.waitFor();
  expect((await note.textContent())?.trim().replaceAll("\u200b", "")).toBe(
    'Not copied (larger than 1 MB): "film.mp4"',
  );
  expect(await post.getByRole("link", { name: "film.mp4" }).count()).toBe(1);
});

test("a file is sent without a mouse", async () => {
  const { page } = opened;
  await page.page.setViewportSize({ width: 360, height: 800 });
  const chooser = page.teams.getByLabel("Picture or file to send");
  await chooser.setInputFiles({ name: "plan.txt", mimeType: "text/plain", buffer: Buffer.from("plan") });
  await page.teams.getByLabel("Message in Teams").focus();
  await page.page.keyboard.type("By keyboard");
  await page.page.keyboard.press("Tab");
  const focused = 'document.activeElement.getAttribute("aria-label")';
  expect(await page.page.evaluate(focused)).toBe("Picture or file to send");
  await page.page.keyboard.press("Shift+Tab");
  await page.page.keyboard.press("Enter");
  const post = await page.post("By keyboard");
  await post.getByRole("link", { name: "plan.txt (1 kB)" }).waitFor();
  const overflow = await page.page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
  expect(overflow).toBeLessThanOrEqual(0);
  await page.page.setViewportSize({ width: 1280, height: 900 });
});

test("a message that is edited in Teams keeps its files and the note on those that were not copied", async () => {
  const { page } = opened;
  const buffer = Buffer.from("plan");
  await bring("The plan of nine", { name: "nine.txt", mimeType: "text/plain", buffer });
  await (await page.post("The plan of nine")).getByRole("link", { name: "nine.txt (1 kB)" }).waitFor();
  const large = { name: "large.bin", mimeType: "application/zip", buffer: Buffer.alloc(1024 * 1024 + 1) };
  await (await bring("The archive of nine", large)).locator("aside").waitFor();
  for (const text of ["The plan of", "The archive of"]) {
    const message = page.teams
      .getByRole("listitem")
      .filter({ hasText: `${text} nine` })
      .last();
    await message.getByRole("button", { name: "Edit" }).click();
    await page.teams.getByLabel("Message in Teams").fill(`${text} ten`);
    await page.teams.getByRole("button", { name: "Save" }).click();
  }
  const plan = await page.post("The plan of ten");
  expect(await plan.getByRole("link", { name: "nine.txt (1 kB)" }).count()).toBe(1);
  expect(await (await page.post("The archive of ten")).locator("aside").count()).toBe(1);
});

test("a deleted message takes its file along, which nobody can open any more, and both come back", async () => {
  const { page } = opened;
  const buffer = Buffer.from("by mistake");
  await bring("Not meant for you", { name: "mistake.txt", mimeType: "text/plain", buffer });
  const post = await page.post("Not meant for you");
  const link = post.getByRole("link", { name: "mistake.txt (1 kB)" });
  await link.waitFor();
  const address = new URL((await link.getAttribute("href")) ?? "", page.page.url()).href;
  const message = page.teams.getByRole("listitem").filter({ hasText: "Not meant for you" }).last();
  await message.getByRole("button", { name: "Delete" }).click();
  const gone = await page.post("deleted in Teams");
  expect(await gone.getByRole("list", { name: "Files" }).count()).toBe(0);
  expect((await page.page.request.get(address)).status()).toBe(404);
  await page.teams.getByRole("button", { name: "Undo" }).last().click();
  await page.post("Not meant for you");
  await link.waitFor();
});
