import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AppError, type User } from "@msteams-notifications/plugin-sdk";
import { RecordedLog } from "../../application/testing/observed.ts";
import { type BotApi, BotNameTaken, ensureBot } from "./bot.ts";

const bundle = fileURLToPath(new URL("../../../../../", import.meta.url));
const ourPicture = readFileSync(`${bundle}assets/bot.png`);

interface Account {
  id: string;
  isBot: boolean;
  firstName: string;
  botDescription: string;
  picture: Uint8Array;
}

/** Mattermost with at most one account of that name, as sections 4 and 11 of the facts describe it. */
class Mattermost {
  account: Account | undefined;
  /** The plugin made the account or was given it before. */
  isRemembered = false;
  pictureFails = false;
  readonly calls: string[] = [];
  readonly #values = new Map<string, Uint8Array>();

  readonly api: BotApi;

  constructor(account?: Partial<Account>) {
    if (account !== undefined) this.account = { ...foreign, ...account };
    const of = <Calls>(calls: Partial<Calls>) => calls as Calls;
    this.api = {
      users: of<BotApi["users"]>({
        getByUsername: async () => this.#called("getByUsername", () => this.#known()),
        get: async () => this.#called("get", () => this.#known()),
        setProfileImage: async (_id, image) =>
          this.#called("setProfileImage", () => {
            if (this.pictureFails) throw new Error("the file store is away");
            this.#account().picture = image;
          }),
      }),
      bots: of<BotApi["bots"]>({
        ensure: async (bot) => this.#called("ensure", () => this.#ensure(bot)),
        patch: async (_id, { displayName = "", description = "" }) =>
          this.#called("patch", () => {
            Object.assign(this.#account(), { firstName: displayName, botDescription: description });
            return {} as Awaited<ReturnType<BotApi["bots"]["patch"]>>;
          }),
      }),
      kv: of<BotApi["kv"]>({
        get: async (key) => this.#called("kv.get", () => this.#values.get(key)),
        set: async (key, value) =>
          this.#called("kv.set", () => void this.#values.set(key, value ?? new Uint8Array())),
      }),
      server: of<BotApi["server"]>({ bundlePath: async () => this.#called("bundlePath", () => bundle) }),
    };
  }

  #called<Answer>(name: string, answer: () => Answer): Answer {
    this.calls.push(name);
    return answer();
  }

  #account(): Account {
    if (this.account === undefined)
      throw new AppError({ id: "app.user.missing_account.const", message: "", statusCode: 404 });
    return this.account;
  }

  #known(): User {
    return { ...this.#account() } as unknown as User;
  }

  #ensure({ displayName = "", description = "" }: Parameters<BotApi["bots"]["ensure"]>[0]): string {
    const names = { firstName: displayName, botDescription: description };
    this.account ??= { ...foreign, ...names, picture: new Uint8Array() };
    if (this.account.isBot && this.isRemembered) Object.assign(this.account, names);
    this.isRemembered = true;
    return this.account.id;
  }
}

/** As another plugin left it. */
const foreign: Account = {
  id: "bot",
  isBot: true,
  firstName: "MS Teams",
  botDescription: "Created by the MS Teams Sync plugin.",
  picture: new Uint8Array([1]),
};

const ours = {
  firstName: "MS Teams",
  botDescription: "Brings Microsoft Teams chat messages while you are away from Teams.",
  picture: ourPicture,
};

const changing = ["patch", "setProfileImage", "kv.set"];
const changes = ({ calls }: Mattermost) => calls.filter((call) => changing.includes(call));
const start = (mattermost: Mattermost, version = "1.0.0", log = new RecordedLog()) => {
  mattermost.calls.length = 0;
  return ensureBot(mattermost.api, log, version);
};

test.each([
  ["is made", undefined],
  ["was another plugin's", {}],
] as const)("a bot that %s gets our picture and names", async (_, account) => {
  const mattermost = new Mattermost(account);
  expect(await start(mattermost)).toBe("bot");
  expect(mattermost.account).toMatchObject(ours);
});

test("another start of the same version changes nothing and asks for three things", async () => {
  const mattermost = new Mattermost();
  await start(mattermost);
  await start(mattermost);
  expect(mattermost.calls).toEqual(["getByUsername", "ensure", "kv.get"]);
});

test("a picture that an administrator chose stays until the next version", async () => {
  const mattermost = new Mattermost();
  await start(mattermost);
  const picture = new Uint8Array([2]);
  Object.assign(mattermost.account ?? {}, { picture });
  await start(mattermost);
  expect(mattermost.account?.picture).toEqual(picture);
  await start(mattermost, "1.0.1");
  expect(mattermost.account).toMatchObject(ours);
});

test("what another plugin made of the bot meanwhile is undone by the same version, too", async () => {
  const mattermost = new Mattermost();
  await start(mattermost);
  Object.assign(mattermost.account ?? {}, foreign);
  await start(mattermost);
  expect(mattermost.account).toMatchObject(ours);
});

test("a person of that name is left alone and is no bot", async () => {
  const mattermost = new Mattermost({ isBot: false });
  await expect(start(mattermost)).rejects.toBeInstanceOf(BotNameTaken);
  expect(mattermost.calls).toEqual(["getByUsername"]);
});

test("a person who takes the name meanwhile is left alone", async () => {
  const mattermost = new Mattermost();
  const ensure = mattermost.api.bots.ensure;
  mattermost.api.bots.ensure = (bot) => {
    mattermost.account = { ...foreign, isBot: false };
    return ensure(bot);
  };
  await expect(start(mattermost)).rejects.toBeInstanceOf(BotNameTaken);
  expect(changes(mattermost)).toEqual([]);
});

test("a picture that could not be set is tried again at the next start, and the bot works all the same", async () => {
  const mattermost = new Mattermost({});
  const log = new RecordedLog();
  mattermost.pictureFails = true;
  expect(await start(mattermost, "1.0.0", log)).toBe("bot");
  expect(log.lines.join()).toContain("could not be set");
  mattermost.pictureFails = false;
  await start(mattermost);
  expect(mattermost.account).toMatchObject(ours);
});
