import { expect, test } from "bun:test";
import { type AnyValue, type Api, AppError } from "@msteams-notifications/plugin-sdk";
import { claimEncryptionKey, isEncryptionKeyKnown } from "../adapters/postgres/encryption-key.ts";
import { SecretBox } from "../adapters/postgres/secret-box.ts";
import { migratedDatabase, silentLog } from "../adapters/postgres/testing/database.ts";
import { makeMissingSecrets } from "./generated-secrets.ts";
import { systemRandomness } from "./randomness.ts";

/** The plugin's settings in Mattermost, whose configuration may be one that cannot be changed. */
class StoredSettings {
  isReadOnly = false;
  settings: Readonly<Record<string, AnyValue>> = {};
  readonly saved: Readonly<Record<string, AnyValue>>[] = [];
  readonly api: Pick<Api, "configuration"> = {
    configuration: {
      load: async () => this.settings,
      get: () => Promise.reject(new Error("not asked for")),
      getUnsanitized: () => Promise.reject(new Error("not asked for")),
      getPlugin: async () => this.settings,
      savePlugin: async (settings) => {
        if (this.isReadOnly)
          throw new AppError({ id: "read_only", message: "Configuration is read-only.", statusCode: 500 });
        this.settings = settings;
        this.saved.push(settings);
      },
    },
  };

  /** One node that finds the settings as they are now. */
  makeMissing(dataSource: string): Promise<boolean> {
    const parts = { api: this.api, dataSource, randomness: systemRandomness, log: silentLog };
    return makeMissingSecrets(parts, this.settings);
  }
}

test("A key that could not be saved is forgotten, so that the next attempt makes another", async () => {
  await using fresh = await migratedDatabase();
  const stored = new StoredSettings();
  stored.isReadOnly = true;
  await expect(stored.makeMissing(fresh.url)).rejects.toThrow("save the plugin's settings");
  expect(await isEncryptionKeyKnown(fresh.database)).toBe(false);
  stored.isReadOnly = false;
  expect(await stored.makeMissing(fresh.url)).toBe(true);
  await claimEncryptionKey(fresh.database, new SecretBox(String(stored.settings.encryptionkey)));
  expect(await stored.makeMissing(fresh.url)).toBe(false);
});

test("Of nodes that start at once one saves its key, and it is the one that the database knows", async () => {
  await using fresh = await migratedDatabase();
  const stored = new StoredSettings();
  const ends = await Promise.allSettled([1, 2, 3].map(() => stored.makeMissing(fresh.url)));
  expect(ends.filter(({ status }) => status === "fulfilled")).toEqual([{ status: "fulfilled", value: true }]);
  expect(stored.saved).toHaveLength(1);
  await claimEncryptionKey(fresh.database, new SecretBox(String(stored.settings.encryptionkey)));
});

test("An empty webhook secret is made anew beside the key there is, which needs no database", async () => {
  const stored = new StoredSettings();
  stored.settings = { encryptionkey: "k".repeat(32), webhooksecret: "", tenantid: "contoso" };
  expect(await stored.makeMissing("postgres://127.0.0.1:1/nowhere")).toBe(true);
  expect(stored.settings).toEqual({
    encryptionkey: "k".repeat(32),
    webhooksecret: expect.stringMatching(/^[\w-]{43}$/),
    tenantid: "contoso",
  });
});
