import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { eventually } from "../../src/eventually.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../src/sandbox.ts";
import { showSandbox } from "../../src/show-sandbox.ts";

interface Delivery {
  readonly userId: string;
  readonly messageId: string;
  readonly outcome: { readonly kind: string; readonly reason?: string };
}

export interface Opened extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly page: SandboxPage;
}

/** The sandbox as `npm start` runs it, with its page open in a real browser. */
export async function openSandbox(options: SandboxOptions = {}): Promise<Opened> {
  await using opened = new AsyncDisposableStack();
  const sandbox = opened.use(await startSandbox(options));
  const server = opened.use(await showSandbox(sandbox, 0));
  const browser = opened.adopt(await launchBrowser(), (each) => each.close());
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(server.url);
  const kept = opened.move();
  return {
    sandbox,
    page: new SandboxPage(page, sandbox),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    // Test machines often run as root, where Chromium refuses its sandbox, and have no network to look things up in.
    // Letters in shades of grey look the same on every screen that shows a picture of them.
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-lcd-text",
    ],
  });
}

/** What a visitor does on the sandbox's page. */
export class SandboxPage {
  readonly page: Page;
  readonly teams: Locator;
  readonly mattermost: Locator;
  readonly posts: Locator;
  /** The plugin's page in the settings. */
  readonly preferences: Locator;
  readonly #sandbox: Sandbox;

  constructor(page: Page, sandbox: Sandbox) {
    this.page = page;
    this.teams = page.getByRole("region", { name: "Microsoft Teams" });
    this.mattermost = page.getByRole("region", { name: "Mattermost", exact: true });
    this.posts = page.getByRole("list", { name: "Posts" });
    this.preferences = page.getByRole("region", { name: "MS Teams", exact: true });
    this.#sandbox = sandbox;
  }

  async becomeInTeams(displayName: string): Promise<void> {
    await this.teams.getByLabel("You write as").selectOption({ label: displayName });
  }

  async openChat(label: string): Promise<void> {
    await this.teams.getByLabel("in the chat").selectOption({ label });
  }

  async showPresence(displayName: string, label: string): Promise<void> {
    const select = this.teams.getByLabel(`Presence of ${displayName}`, { exact: true });
    await select.selectOption({ label });
    // The tenant has it when the page shows the tenant's answer.
    await eventually(`${displayName} to be ${label}`, async () =>
      (await select.locator("option:checked").textContent()) === label ? true : undefined,
    );
  }

  /** Sends in the open Teams chat; resolves when Teams shows the message. */
  async send(text: string): Promise<void> {
    await this.teams.getByLabel("Message in Teams").fill(text);
    await this.teams.getByRole("button", { name: "Send in Teams" }).click();
    await this.teams.getByRole("listitem").filter({ hasText: text }).first().waitFor();
  }

  /** Chooses an example in the menu by the Teams composer. */
  async sendExample(label: string): Promise<void> {
    await this.teams.getByRole("button", { name: "Examples" }).click();
    await this.teams.getByRole("menuitem", { name: label, exact: true }).click();
  }

  async becomeInMattermost(username: string, role: string): Promise<void> {
    await this.switchInMattermost(`${username} (${role})`);
    await this.openChannel("Town Square");
  }

  /** Chooses who is signed in, in the same tab. */
  async switchInMattermost(label: string): Promise<void> {
    await this.mattermost.getByLabel("Person in Mattermost").selectOption({ label });
  }

  async openSettings(): Promise<void> {
    await this.mattermost.getByRole("button", { name: "Settings" }).click();
  }

  async closeSettings(): Promise<void> {
    await this.page.getByRole("button", { name: "Close" }).click();
  }

  /** A section of the plugin's page in the settings. */
  section(title: string): Locator {
    return this.preferences.getByRole("group", { name: title });
  }

  /** Opens a section of the plugin's page, chooses an option in it and saves. */
  async changePreference(title: string, option: string): Promise<void> {
    await this.section(title).getByRole("button", { name: "Edit" }).click();
    await this.section(title).getByRole("radio", { name: option }).check();
    await this.section(title).getByRole("button", { name: "Save" }).click();
  }

  async openChannel(name: string): Promise<void> {
    await this.mattermost.getByRole("navigation").getByRole("button", { name }).click();
  }

  async command(line: string): Promise<void> {
    const input = this.mattermost.getByLabel("Message in Mattermost");
    await input.fill(line);
    await input.press("Enter");
  }

  /** Types a command whose answer is seen by nobody else; resolves when it is there. */
  async settle(line: string): Promise<void> {
    const answers = this.posts.locator(".ephemeral");
    const before = await answers.count();
    await this.command(line);
    await answers.nth(before).waitFor();
  }

  /** The newest post of the open channel that holds `text`. */
  async post(text: string): Promise<Locator> {
    const post = this.posts.locator(":scope > li").filter({ hasText: text }).last();
    await post.waitFor();
    return post;
  }

  /** The first outcome recorded for a message that is not among `before`; for one person, if they are named. */
  async nextOutcome(before: ReadonlySet<string>, userId?: string): Promise<Delivery["outcome"]> {
    return eventually("an outcome", async () => {
      const found = (await this.outcomes()).find(
        (each) => !before.has(each.messageId) && (userId === undefined || each.userId === userId),
      );
      return found?.outcome.kind === "posting" ? undefined : found?.outcome;
    });
  }

  async outcomes(): Promise<readonly Delivery[]> {
    const path = "/plugins/msteams-notifications/api/v1/admin/deliveries?limit=100";
    return (await this.#sandbox.admin.request<{ deliveries: Delivery[] }>("GET", path)).deliveries;
  }

  /** Resolves when the tenant has told the plugin everything and the plugin has done its work. */
  async settled(): Promise<void> {
    await this.#sandbox.tenant.tenant.drained();
    const path = "/plugins/msteams-notifications/api/v1/admin/status";
    await eventually("the plugin to be done", async () => {
      const { backlog } = await this.#sandbox.admin.request<{ backlog: { pending: number } }>("GET", path);
      return backlog.pending === 0 ? true : undefined;
    });
  }

  /** Mattermost's id of somebody of the sandbox. */
  async userIdOf(username: string): Promise<string> {
    return (await (await this.#sandbox.signIn(username)).me()).id;
  }

  async messageIds(): Promise<ReadonlySet<string>> {
    return new Set((await this.outcomes()).map(({ messageId }) => messageId));
  }

  /** Follows the link in the newest post that offers one and signs in at Microsoft as `account`. */
  async followLink(account: string): Promise<Page> {
    const link = this.posts.getByRole("link", { name: "Connect your Microsoft Teams account" }).last();
    return this.signIn(() => link.click(), account);
  }

  /** Signs in at Microsoft as `account` in the window that `click` opens; resolves when it shows how that ended. */
  async signIn(click: () => Promise<void>, account: string): Promise<Page> {
    const [popup] = await Promise.all([this.page.context().waitForEvent("page"), click()]);
    await popup.getByText(account).click();
    // Microsoft's page has a heading too.
    await popup.waitForURL((url) => url.href.startsWith(this.#sandbox.mattermost.url));
    await popup.getByRole("heading", { level: 1 }).waitFor();
    return popup;
  }
}
