import type { Locator } from "playwright-core";
import type { SandboxPage } from "../scenarios/testing/opened-sandbox.ts";
import { examples } from "../src/page/examples/index.ts";

const wide = { width: 1280, height: 900 };
/** As wide as phones commonly are. */
const narrow = { width: 390, height: 844 };

/** Posts in full instead of in a list that scrolls. */
const inFull = `
  .panel { height: auto !important; max-height: none !important; }
  .posts { overflow: visible !important; }
`;

/** One time for all, so that a picture differs only where its post does. */
const oneTime = 'Date.prototype.toLocaleTimeString = () => "10:24";';

/** As much of a long post as shows that it ends before its message does. */
const endHeight = 300;

/** Room for a menu of two entries below a post of two lines. */
const menuHeight = 70;

/** The sandbox's page in front of a camera. */
export class PhotographedPage {
  readonly visitor: SandboxPage;
  readonly #folder: string;

  constructor(visitor: SandboxPage, folder: string) {
    this.visitor = visitor;
    this.#folder = folder;
  }

  async layOutForPictures(): Promise<void> {
    const { page } = this.visitor;
    await page.addInitScript(oneTime);
    await page.reload();
    await page.addStyleTag({ content: inFull });
    await this.visitor.openChannel("msteams");
  }

  /** Sends the example of that kind; answers its post when it shows what it will show. */
  async sent(kind: string): Promise<Locator> {
    const example = examples.find((each) => each.kind === kind);
    if (example === undefined) throw new Error(`There is no example of ${kind}.`);
    await this.visitor.openChat("Ada Byron");
    await this.visitor.sendExample(example.label);
    return this.visitor.post(example.shows);
  }

  async shoot(what: Locator, name: string): Promise<void> {
    await this.#complete();
    await what.screenshot({ path: this.#path(name) });
  }

  async shootNarrow(post: Locator, name: string): Promise<void> {
    await this.visitor.page.setViewportSize(narrow);
    await this.shoot(post, name);
    await this.visitor.page.setViewportSize(wide);
  }

  /** What scrolls in a window of common height. */
  async shootHigh(what: Locator, name: string): Promise<void> {
    await this.visitor.page.setViewportSize({ ...wide, height: 1600 });
    await this.shoot(what, name);
    await this.visitor.page.setViewportSize(wide);
  }

  /** With what hangs out below it, such as an open menu. */
  async shootAround(post: Locator, name: string): Promise<void> {
    const box = await this.#boxOf(post);
    await this.#shootPart({ ...box, height: box.height + menuHeight }, name);
  }

  async shootEnd(post: Locator, name: string): Promise<void> {
    const box = await this.#boxOf(post);
    await this.#shootPart({ ...box, y: box.y + box.height - endHeight, height: endHeight }, name);
  }

  /** From the top of one post to the bottom of another. */
  async shootFrom(first: Locator, last: Locator, name: string): Promise<void> {
    const [top, bottom] = [await this.#boxOf(first), await this.#boxOf(last)];
    await this.#shootPart({ ...top, height: bottom.y + bottom.height - top.y }, name);
  }

  /** The page as a visitor meets it after some messages, as wide as a desk's and as a phone's window. */
  async shootWholePage(kinds: readonly string[], name: string): Promise<void> {
    const { page } = this.visitor;
    await page.setViewportSize({ width: wide.width, height: 880 });
    await this.visitor.openChannel("msteams");
    for (const kind of kinds) await this.sent(kind);
    const outcomes = page.getByRole("region", { name: "Timeline" }).getByRole("row");
    await outcomes.nth(kinds.length).waitFor();
    await this.#complete();
    await page.screenshot({ path: this.#path(name) });
    // Whoever comes with a phone meets the newest messages in sight, too.
    await page.setViewportSize(narrow);
    await page.reload();
    await this.visitor.posts.locator(":scope > li").nth(kinds.length).waitFor();
    await outcomes.nth(kinds.length).waitFor();
    await this.#complete();
    await page.screenshot({ path: this.#path(`${name}-narrow`), fullPage: true });
  }

  async #shootPart(clip: Box, name: string): Promise<void> {
    await this.#complete();
    await this.visitor.page.screenshot({ path: this.#path(name), clip, fullPage: true });
  }

  /** Resolves when no picture of the page is still on its way. */
  async #complete(): Promise<void> {
    await this.visitor.page.evaluate("Promise.all([...document.images].map((image) => image.decode()))");
  }

  /** On the page, wherever it is scrolled to. */
  async #boxOf(post: Locator): Promise<Box> {
    const box = await post.boundingBox();
    if (box === null) throw new Error("The post is not to be seen.");
    return { ...box, y: box.y + Number(await this.visitor.page.evaluate("window.scrollY")) };
  }

  #path(name: string): string {
    return `${this.#folder}${name}.png`;
  }
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
