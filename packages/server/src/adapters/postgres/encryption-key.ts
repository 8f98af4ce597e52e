import { type Database, schema } from "./database.ts";
import { PostgresError } from "./postgres-error.ts";
import type { SecretBox } from "./secret-box.ts";

/** Whether secrets are already stored under some key: then an empty setting must not be filled with a new one. */
export async function isEncryptionKeyKnown(database: Database): Promise<boolean> {
  return (await database.query(`SELECT 1 FROM ${schema}.encryption_key`)).length > 0;
}

/**
 * Makes sure that the encryption key of the settings is the one everything stored was sealed with; the first one is
 * remembered by its fingerprint. Throws {@link PostgresError} `encryption-key-changed`.
 */
export async function claimEncryptionKey(database: Database, box: SecretBox): Promise<void> {
  await database.query(
    `INSERT INTO ${schema}.encryption_key (fingerprint) VALUES ($1) ON CONFLICT DO NOTHING`,
    [box.fingerprint],
  );
  const [row] = await database.query<{ fingerprint: string }>(
    `SELECT fingerprint FROM ${schema}.encryption_key`,
  );
  if (row?.fingerprint === box.fingerprint) return;
  throw new PostgresError(
    "encryption-key-changed",
    "The encryption key of the settings is not the one that stored secrets were encrypted with. Put the former key back.",
  );
}

/** Gives up everything sealed with a lost key, so that a new one can be used: certificates and sign-ins under way. */
export async function forgetEncryptionKey(database: Database): Promise<void> {
  await database.query(
    `WITH a AS (DELETE FROM ${schema}.encryption_certificates), b AS (DELETE FROM ${schema}.sign_ins) DELETE FROM ${schema}.encryption_key`,
  );
}
