import type { Api } from "@msteams-notifications/plugin-sdk";
import { savePluginSettings } from "../adapters/mattermost/server-settings.ts";
import { Database } from "../adapters/postgres/database.ts";
import {
  claimEncryptionKey,
  forgetEncryptionKey,
  isEncryptionKeyKnown,
} from "../adapters/postgres/encryption-key.ts";
import { migrate } from "../adapters/postgres/migrate.ts";
import { SecretBox } from "../adapters/postgres/secret-box.ts";
import type { Log } from "../application/log.ts";
import type { Randomness } from "../application/randomness.ts";
import { storedValue } from "../config.ts";
import { SetupFailure } from "./setup-failure.ts";

/** 24 bytes are the 32 base64url characters that AES-256 takes as its key, as Mattermost's own generated fields have. */
const encryptionKeyBytes = 24;
const webhookSecretBytes = 32;

export interface GeneratedSecretsParts {
  readonly api: Pick<Api, "configuration">;
  readonly dataSource: string;
  readonly randomness: Randomness;
  readonly log: Log;
}

/**
 * Makes the secrets that are still empty and saves them; resolves to whether it did, which means that the settings have
 * to be read again. An encryption key is made only while nothing was ever encrypted: in a cluster the first node to
 * claim its key in the database saves it, and a key that vanished from the settings is never replaced unasked.
 */
export async function makeMissingSecrets(parts: GeneratedSecretsParts, stored: unknown): Promise<boolean> {
  const { api, randomness, log } = parts;
  const changes: Record<string, string> = {};
  if (storedValue(stored, "webhookSecret") === undefined) {
    changes.webhooksecret = randomness.token(webhookSecretBytes);
  }
  if (storedValue(stored, "encryptionKey") !== undefined) {
    if (changes.webhooksecret === undefined) return false;
    await savePluginSettings(api, changes);
    return true;
  }
  await using database = new Database({ dataSource: parts.dataSource, log });
  await migrate(database, log);
  if (await isEncryptionKeyKnown(database)) throw keyVanished();
  const encryptionkey = randomness.token(encryptionKeyBytes);
  await claimEncryptionKey(database, new SecretBox(encryptionkey));
  try {
    await savePluginSettings(api, { ...changes, encryptionkey });
  } catch (error) {
    // Nothing was encrypted with it, and nobody will ever know it.
    await forgetEncryptionKey(database);
    throw error;
  }
  log.info("Secrets of the plugin were generated and saved in its settings");
  return true;
}

function keyVanished(): SetupFailure {
  return new SetupFailure([
    {
      what: "The encryption key has vanished from the settings.",
      doThis:
        "Put the former key back under Encryption key. If it is lost, see docs/operations.md, “A lost encryption key”.",
    },
  ]);
}
