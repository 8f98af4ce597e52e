import { describe, expect, test } from "bun:test";
import { type ConnectionAnswer, preferences } from "@msteams-notifications/server/contract";
import type { Browser } from "./connection-client.ts";
import { MsTeamsPlugin } from "./plugin.ts";
import type { PluginRegistry, UserSettings } from "./registry.ts";

interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
}

/** Mattermost's web app and a browser, as far as this plugin sees them. */
class World {
  answer: ConnectionAnswer | number = { state: "not-connected" };
  connectAnswer: Response = Response.json({ url: "https://mattermost.example/start?state=s" });
  tabsBlocked = false;
  confirmed = true;
  readonly sent: Sent[] = [];
  readonly registered: UserSettings[] = [];
  readonly opened: string[] = [];
  readonly alerts: string[] = [];
  closedTabs = 0;
  readonly websocketHandlers = new Map<string, (message: unknown) => void>();
  reconnect: (() => void) | undefined;
  #arrived: (() => void)[] = [];

  readonly browser: Browser = {
    fetch: async (url, init) => {
      this.sent.push({
        method: init?.method ?? "GET",
        url,
        headers: init?.headers as Record<string, string>,
      });
      if (init?.method === "POST") return this.connectAnswer;
      if (init?.method === "DELETE") {
        this.answer = { state: "not-connected" };
        return new Response(null, { status: 204 });
      }
      return typeof this.answer === "number"
        ? new Response("no", { status: this.answer })
        : Response.json(this.answer);
    },
    cookies: () => "a=b; MMCSRF=token1; c=d",
    basePath: () => "/chat",
    openTab: () =>
      this.tabsBlocked
        ? undefined
        : { navigate: (url) => void this.opened.push(url), close: () => void this.closedTabs++ },
    navigate: (url) => void this.opened.push(`here:${url}`),
    confirm: () => this.confirmed,
    alert: (text) => void this.alerts.push(text),
  };

  readonly registry: PluginRegistry = {
    registerUserSettings: (settings) => {
      this.registered.push(settings);
      for (const resolve of this.#arrived.splice(0)) resolve();
    },
    registerWebSocketEventHandler: (event, handler) => void this.websocketHandlers.set(event, handler),
    unregisterWebSocketEventHandler: (event) => void this.websocketHandlers.delete(event),
    registerReconnectHandler: (handler) => {
      this.reconnect = handler;
    },
  };

  /** Runs `cause` and resolves with the page that was registered because of it. */
  async pageAfter(cause: () => void): Promise<UserSettings> {
    const arrived = new Promise<void>((resolve) => this.#arrived.push(resolve));
    cause();
    await arrived;
    return this.page();
  }

  page(): UserSettings {
    const page = this.registered.at(-1);
    if (!page) throw new Error("No page was registered.");
    return page;
  }
}

async function started(answer: World["answer"] = { state: "not-connected" }) {
  const world = new World();
  world.answer = answer;
  const plugin = new MsTeamsPlugin(world.browser);
  await plugin.initialize(world.registry);
  return { world, plugin };
}

describe("the preferences page", () => {
  const connected: ConnectionAnswer = { state: "connected", account: "ada@example.com", notifications: true };
  const cases: [World["answer"], disabled: boolean, buttonText: string][] = [
    [{ state: "not-set-up" }, true, "Check again"],
    [{ state: "not-connected" }, true, "Connect account"],
    [connected, false, "Disconnect account"],
    [500, true, "Try again"],
  ];
  test.each(cases)("for %j is disabled: %p, and its button says %p", async (answer, disabled, buttonText) => {
    const { world } = await started(answer);
    expect(world.page().sections.map((section) => section.disabled)).toEqual(Array(4).fill(disabled));
    expect(world.page().action?.buttonText).toBe(buttonText);
  });

  test("has no empty required text, which Mattermost would drop", async () => {
    const { world } = await started();
    const texts = JSON.stringify(world.page());
    expect(texts).not.toContain('""');
    expect(world.page().sections[0]?.settings[0]?.default).toBe("on");
  });

  test("offers exactly the values that the server knows, under names of its own for each section", async () => {
    const { world } = await started(connected);
    const { sections } = world.page();
    const offered = sections.flatMap(({ settings }) =>
      settings.map(({ name, default: first, options }) => [
        name,
        first,
        options.map(({ value }) => value).sort(),
      ]),
    );
    expect(offered).toEqual(
      Object.entries(preferences.choices).map(([name, values]) => [name, values[0], [...values].sort()]),
    );
    expect(new Set(sections.map(({ title }) => title)).size).toBe(sections.length);
  });

  test("names the connected account", async () => {
    const { world } = await started(connected);
    expect(world.page().action?.text).toContain("ada@example.com");
  });

  test("changes at once when the server says that the connection changed", async () => {
    const { world } = await started();
    world.answer = connected;
    const handler = world.websocketHandlers.get("custom_msteams-notifications_connection_changed");
    const page = await world.pageAfter(() => handler?.({}));
    expect(page.sections[0]?.disabled).toBe(false);
  });

  test("asks again after the websocket was down", async () => {
    const { world } = await started(connected);
    world.answer = { state: "not-connected" };
    const page = await world.pageAfter(() => world.reconnect?.());
    expect(page.action?.buttonText).toBe("Connect account");
  });

  test("ignores an older answer that comes after a newer one", async () => {
    const { world, plugin } = await started();
    const slow = Promise.withResolvers<Response>();
    const fetchNow = world.browser.fetch;
    let calls = 0;
    world.browser.fetch = (url, init) => (calls++ === 0 ? slow.promise : fetchNow(url, init));
    const older = plugin.refresh();
    world.answer = connected;
    await plugin.refresh();
    slow.resolve(Response.json({ state: "not-connected" }));
    await older;
    expect(world.page().action?.buttonText).toBe("Disconnect account");
  });

  test("is not registered on servers that cannot show it", async () => {
    const world = new World();
    const { registerUserSettings: _, ...older } = world.registry;
    await new MsTeamsPlugin(world.browser).initialize(older);
    expect(world.registered).toEqual([]);
  });
});

describe("Connect account", () => {
  test("opens the sign-in in a new tab", async () => {
    const { world } = await started();
    const opened = new Promise<string>((resolve) => {
      world.browser.openTab = () => ({ navigate: resolve, close: () => {} });
    });
    world.page().action?.onClick();
    expect(await opened).toBe("https://mattermost.example/start?state=s");
  });

  test("uses the same tab when the browser allows no other", async () => {
    const { world } = await started();
    world.tabsBlocked = true;
    const opened = new Promise<string>((resolve) => {
      world.browser.navigate = resolve;
    });
    world.page().action?.onClick();
    expect(await opened).toBe("https://mattermost.example/start?state=s");
  });

  test("says why when the server refuses, and closes the empty tab", async () => {
    const { world } = await started();
    world.connectAnswer = Response.json({ message: "You are connected already." }, { status: 409 });
    await world.pageAfter(() => world.page().action?.onClick());
    expect(world.alerts).toEqual(["You are connected already."]);
    expect(world.closedTabs).toBe(1);
  });
});

describe("Disconnect account", () => {
  const connected: ConnectionAnswer = { state: "connected", account: "ada@example.com", notifications: true };

  test("disconnects and offers to connect again", async () => {
    const { world } = await started(connected);
    const page = await world.pageAfter(() => world.page().action?.onClick());
    expect(page.action?.buttonText).toBe("Connect account");
  });

  test("does nothing without confirmation", async () => {
    const { world } = await started(connected);
    world.confirmed = false;
    world.page().action?.onClick();
    expect(world.sent.map((request) => request.method)).toEqual(["GET"]);
  });
});

test("requests carry Mattermost's CSRF token and respect its subpath", async () => {
  const { world } = await started();
  expect(world.sent[0]?.url).toBe("/chat/plugins/msteams-notifications/api/v1/connection");
  expect(world.sent[0]?.headers).toMatchObject({
    "x-csrf-token": "token1",
    "x-requested-with": "XMLHttpRequest",
  });
});

test("lets go of its websocket event when removed", async () => {
  const { world, plugin } = await started();
  plugin.uninitialize();
  expect(world.websocketHandlers.size).toBe(0);
});
