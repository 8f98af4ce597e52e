import { describe, expect, test } from "bun:test";
import { choiceNames, valuesOf } from "@msteams-notifications/server/choices";
import type { ConnectionAnswer } from "@msteams-notifications/server/contract";
import type { Browser } from "./connection-client.ts";
import { MsTeamsPlugin } from "./plugin.ts";
import type { ChoiceSection, PluginRegistry, Store, StoredPost, UserSettings } from "./registry.ts";

function choicesIn({ sections }: UserSettings): readonly ChoiceSection[] {
  return sections.flatMap((section) => ("settings" in section ? [section] : []));
}

interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
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
  currentUserId = "ada";
  readonly posts: Record<string, StoredPost> = {};
  /** The menu of posts, by text. */
  readonly menu = new Map<string, { act(postId: string): void; filter(postId: string): boolean }>();
  readonly #listeners = new Set<() => void>();
  readonly websocketHandlers = new Map<string, (message: unknown) => void>();
  reconnect: (() => void) | undefined;
  #arrived: (() => void)[] = [];

  readonly browser: Browser = {
    react: undefined,
    fetch: async (url, init) => {
      this.sent.push({
        method: init?.method ?? "GET",
        url,
        headers: init?.headers as Record<string, string>,
        ...(init?.body !== undefined && { body: String(init.body) }),
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
      if (settings.action?.title !== checking) for (const resolve of this.#arrived.splice(0)) resolve();
    },
    registerPostDropdownMenuAction: (text, act, filter) => {
      this.menu.set(text, { act, filter });
      return text;
    },
    unregisterComponent: (id) => void this.menu.delete(id),
    registerWebSocketEventHandler: (event, handler) => void this.websocketHandlers.set(event, handler),
    unregisterWebSocketEventHandler: (event) => void this.websocketHandlers.delete(event),
    registerReconnectHandler: (handler) => {
      this.reconnect = handler;
    },
    unregisterReconnectHandler: () => {
      this.reconnect = undefined;
    },
  };

  readonly store: Store = {
    getState: () => ({
      entities: { users: { currentUserId: this.currentUserId }, posts: { posts: this.posts } },
    }),
    subscribe: (listener) => {
      this.#listeners.add(listener);
      return () => void this.#listeners.delete(listener);
    },
  };

  get listeners(): number {
    return this.#listeners.size;
  }

  /** Somebody signs in, or nobody is there any more. */
  become(userId: string): void {
    this.currentUserId = userId;
    this.somethingHappens();
  }

  /** Any action in Mattermost's store. */
  somethingHappens(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  /** How often the server was asked about the connection. */
  get questions(): number {
    return this.sent.filter(({ method }) => method === "GET").length;
  }

  /** Lets the server's answers wait; each is given when its turn comes. */
  holdAnswers(): PromiseWithResolvers<Response>[] {
    const held: PromiseWithResolvers<Response>[] = [];
    this.browser.fetch = () => {
      const answer = Promise.withResolvers<Response>();
      held.push(answer);
      return answer.promise;
    };
    return held;
  }

  /** Runs `cause` and resolves with the page that shows the server's answer to it. */
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

const checking = "Checking your connection";
const connected: ConnectionAnswer = {
  state: "connected",
  account: "ada@example.com",
  notifications: true,
  limits: {},
};

/** Loaded while Ada is signed in, with her page shown. */
async function started(answer: World["answer"] = { state: "not-connected" }) {
  const world = new World();
  world.answer = answer;
  const plugin = new MsTeamsPlugin(world.browser);
  await world.pageAfter(() => plugin.initialize(world.registry, world.store));
  return { world, plugin };
}

/** Loaded on the sign-in page, where nobody is there yet. */
function loadedBeforeSigningIn(answer: World["answer"] = connected) {
  const world = new World();
  world.answer = answer;
  world.currentUserId = "";
  const plugin = new MsTeamsPlugin(world.browser);
  plugin.initialize(world.registry, world.store);
  return { world, plugin };
}

/** Resolves when what was promised until now has had its consequences. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("people who come and go", () => {
  test("are not asked about before somebody is signed in, and then once", async () => {
    const { world } = loadedBeforeSigningIn();
    world.somethingHappens();
    world.reconnect?.();
    world.websocketHandlers.get("custom_msteams-notifications_connection_changed")?.({});
    await settled();
    expect([world.sent, world.registered]).toEqual([[], []]);
    const page = await world.pageAfter(() => world.become("ada"));
    expect(page.action?.text).toContain("ada@example.com");
    world.somethingHappens();
    await settled();
    expect(world.questions).toBe(1);
  });

  test("leave nothing of theirs behind", async () => {
    const { world } = await started(connected);
    world.become("");
    await settled();
    expect(JSON.stringify(world.page())).not.toContain("ada@example.com");
    expect(choicesIn(world.page()).every(({ disabled }) => disabled)).toBe(true);
    expect(world.questions).toBe(1);
  });

  test("leave nothing of theirs behind when their answer comes after they left", async () => {
    const { world } = loadedBeforeSigningIn();
    const held = world.holdAnswers();
    world.become("ada");
    world.become("");
    held[0]?.resolve(Response.json(connected));
    await settled();
    expect(world.page().action?.title).toBe(checking);
  });

  test("see their own page, and until it is there nothing of the person before", async () => {
    const { world } = await started(connected);
    world.answer = { state: "not-connected" };
    const page = world.pageAfter(() => world.become("ben"));
    expect(world.page().action?.title).toBe(checking);
    expect((await page).action?.buttonText).toBe("Connect account");
  });

  test("do not get an answer that was meant for the person before", async () => {
    const { world } = loadedBeforeSigningIn();
    const held = world.holdAnswers();
    world.become("ada");
    world.become("");
    world.become("ben");
    held[0]?.resolve(Response.json(connected));
    await settled();
    expect(world.page().action?.title).toBe(checking);
    await world.pageAfter(() => held[1]?.resolve(Response.json({ state: "not-connected" })));
    expect(world.page().action?.buttonText).toBe("Connect account");
    expect(held).toHaveLength(2);
  });

  const late: [string, Response][] = [
    ["taken to a sign-in", Response.json({ url: "https://mattermost.example/start?state=s" })],
    ["told of a failure", Response.json({ message: "You are connected already." }, { status: 409 })],
  ];
  test.each(late)("are not %s that the person before asked for", async (_, answer) => {
    const { world } = await started();
    const held = world.holdAnswers();
    world.page().action?.onClick();
    world.become("ben");
    held[0]?.resolve(answer);
    await settled();
    expect([world.opened, world.alerts, world.closedTabs]).toEqual([[], [], 1]);
  });

  test("are asked about once though Mattermost initializes the plugin twice", async () => {
    const { world, plugin } = loadedBeforeSigningIn();
    plugin.initialize(world.registry, world.store);
    expect([world.listeners, world.websocketHandlers.size]).toEqual([1, 1]);
    await world.pageAfter(() => world.become("ada"));
    expect(world.questions).toBe(1);
  });
});

describe("the preferences page", () => {
  const cases: [World["answer"], disabled: boolean, buttonText: string][] = [
    [{ state: "not-set-up" }, true, "Check again"],
    [{ state: "not-connected" }, true, "Connect account"],
    [connected, false, "Disconnect account"],
    [500, true, "Try again"],
  ];
  test.each(cases)("for %j is disabled: %p, and its button says %p", async (answer, disabled, buttonText) => {
    const { world } = await started(answer);
    expect(choicesIn(world.page()).map((section) => section.disabled)).toEqual(
      Array(choiceNames.length).fill(disabled),
    );
    expect(world.page().action?.buttonText).toBe(buttonText);
  });

  test("has no empty required text, which Mattermost would drop", async () => {
    const { world } = await started();
    const texts = JSON.stringify(world.page());
    expect(texts).not.toContain('""');
    expect(choicesIn(world.page())[0]?.settings[0]?.default).toBe("on");
  });

  test("offers exactly the values that the server knows, under names of its own for each section", async () => {
    const { world } = await started(connected);
    const sections = choicesIn(world.page());
    const offered = sections.flatMap(({ settings }) =>
      settings.map(({ name, default: first, options }) => [name, first, options.map(({ value }) => value)]),
    );
    expect(offered).toEqual(choiceNames.map((name) => [name, valuesOf(name)[0] ?? "", [...valuesOf(name)]]));
    expect(new Set(sections.map(({ title }) => title)).size).toBe(sections.length);
  });

  test("says what an administrator allows, where that is not everything", async () => {
    const { world } = await started({ ...connected, limits: { show: "sender", bots: "off" } });
    const limited = choicesIn(world.page()).filter(({ settings }) =>
      settings[0]?.helpText.includes("allows"),
    );
    expect(limited.map(({ title }) => title)).toEqual(["What is shown"]);
    expect(limited[0]?.settings[0]?.helpText).toContain("no more than **Who wrote, and in which chat**.");
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
    expect(choicesIn(page)[0]?.disabled).toBe(false);
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
    new MsTeamsPlugin(world.browser).initialize(older, world.store);
    await settled();
    expect([world.questions, world.registered]).toEqual([1, []]);
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

test("lets go of everything when removed", async () => {
  const { world, plugin } = await started();
  const shown = world.registered.length;
  const answer = plugin.refresh();
  plugin.uninitialize();
  await answer;
  world.become("ben");
  expect([world.websocketHandlers.size, world.reconnect, world.listeners]).toEqual([0, undefined, 0]);
  expect([world.registered.length, world.questions]).toEqual([shown, 2]);
});

describe("the menu of a post", () => {
  const post = (key: string): StoredPost => ({
    channel_id: "channel",
    root_id: "root",
    props: { msteams_notifications_key: key },
  });

  test("has entries for posts of Teams messages, and for no others", async () => {
    const { world } = await started(connected);
    Object.assign(world.posts, {
      message: post("19:a/17"),
      welcome: post("welcome:1"),
      other: { channel_id: "channel", root_id: "" },
    });
    const entry = world.menu.get("Mute this Teams chat…");
    expect(["message", "welcome", "other", "gone"].filter((id) => entry?.filter(id))).toEqual(["message"]);
  });

  test("lets the bot answer where the post stands, and says when it cannot", async () => {
    const { world } = await started(connected);
    world.posts.message = post("19:a/17");
    world.connectAnswer = new Response(null, { status: 204 });
    world.menu.get("Mute this Teams chat…")?.act("message");
    expect(world.sent.at(-1)).toMatchObject({
      method: "POST",
      url: "/chat/plugins/msteams-notifications/api/v1/posts/message/mute",
      body: JSON.stringify({ channelId: "channel", rootId: "root" }),
    });
    world.connectAnswer = Response.json({ message: "Not set up yet." }, { status: 503 });
    await world.pageAfter(() => world.menu.get("Mute this Teams chat…")?.act("message"));
    expect(world.alerts).toEqual(["Not set up yet."]);
  });

  test("is gone when the plugin is", async () => {
    const { world, plugin } = await started(connected);
    plugin.uninitialize();
    expect(world.menu.size).toBe(0);
  });
});
