import type { Clock } from "../../application/clock.ts";
import type { Randomness } from "../../application/randomness.ts";
import type { EncryptionCertificates } from "../../application/subscriptions/encryption-certificates.ts";
import { type Database, schema } from "./database.ts";
import type { SecretBox } from "./secret-box.ts";

const dayMs = 24 * 60 * 60 * 1000;
/** Graph takes any life; a year keeps rotation rare and rehearsed. */
const certificateLifeMs = 365 * dayMs;
/** Subscriptions live three days and keep the certificate they were made with, so the old one always ends unused. */
const rotateBeforeEndMs = 30 * dayMs;
/** Clocks of Microsoft and ours may differ. */
const validSinceMs = dayMs;

interface Row {
  readonly id: string;
  readonly certificate: string;
  readonly private_key: Buffer;
  readonly expires_at_ms: number;
}

/**
 * The certificates Graph encrypts notifications for: self-signed RSA 2048 (Graph takes 2048 to 4096 bits), private keys
 * sealed. The newest is current for all nodes; older ones stay readable until long after their last use.
 */
export class StoredEncryptionCertificates implements EncryptionCertificates {
  readonly #database: Database;
  readonly #box: SecretBox;
  readonly #clock: Clock;
  readonly #randomness: Randomness;
  readonly #keys = new Map<string, string>();
  #current: { readonly id: string; readonly certificate: string; readonly expiresAtMs: number } | undefined;
  #looking: Promise<{ readonly id: string; readonly certificate: string }> | undefined;

  constructor(database: Database, box: SecretBox, clock: Clock, randomness: Randomness) {
    this.#database = database;
    this.#box = box;
    this.#clock = clock;
    this.#randomness = randomness;
  }

  /** `certificate` is DER in base64, as Graph wants it. A new one is made when none is left with a month to live. */
  current(): Promise<{ readonly id: string; readonly certificate: string }> {
    if (this.#current !== undefined && this.#isFresh(this.#current.expiresAtMs))
      return Promise.resolve(this.#current);
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  /** The private key (PKCS#8, PEM) of a certificate, `undefined` when it is not ours or was removed. */
  async privateKey(id: string): Promise<string | undefined> {
    const known = this.#keys.get(id);
    if (known !== undefined) return known;
    const [row] = await this.#database.query<Row>(
      `SELECT * FROM ${schema}.encryption_certificates WHERE id = $1`,
      [id],
    );
    if (row === undefined) return undefined;
    const key = this.#box.open(row.private_key, sealingContext(id));
    this.#keys.set(id, key);
    return key;
  }

  /** Removes certificates that ended more than a week ago: nothing encrypted for them can still arrive. */
  async removeEnded(): Promise<number> {
    const endedBeforeMs = this.#clock.now() - 7 * dayMs;
    const removed = await this.#database.query<{ id: string }>(
      `DELETE FROM ${schema}.encryption_certificates WHERE expires_at_ms < $1 RETURNING id`,
      [endedBeforeMs],
    );
    for (const { id } of removed) this.#keys.delete(id);
    return removed.length;
  }

  async #look(): Promise<{ readonly id: string; readonly certificate: string }> {
    const found = (await this.#newest()) ?? (await this.#make());
    this.#current = { id: found.id, certificate: found.certificate, expiresAtMs: found.expires_at_ms };
    return this.#current;
  }

  async #newest(): Promise<Omit<Row, "private_key"> | undefined> {
    const [row] = await this.#database.query<Row>(
      `SELECT * FROM ${schema}.encryption_certificates ORDER BY expires_at_ms DESC, id LIMIT 1`,
    );
    return row !== undefined && this.#isFresh(row.expires_at_ms) ? row : undefined;
  }

  #isFresh(expiresAtMs: number): boolean {
    return expiresAtMs - this.#clock.now() > rotateBeforeEndMs;
  }

  /** Two nodes may make one at once; the statement keeps the first and everybody then reads the same. */
  async #make(): Promise<Omit<Row, "private_key">> {
    const nowMs = this.#clock.now();
    const id = this.#randomness.token(12);
    const expiresAtMs = nowMs + certificateLifeMs;
    const made = await selfSigned(nowMs - validSinceMs, expiresAtMs);
    await this.#database.withConnection(async (client) => {
      await client.query("BEGIN");
      await client.query(`LOCK TABLE ${schema}.encryption_certificates IN EXCLUSIVE MODE`);
      await client.query(
        `INSERT INTO ${schema}.encryption_certificates (id, certificate, private_key, created_at_ms, expires_at_ms)
         SELECT $1, $2, $3, $4::bigint, $5::bigint
         WHERE NOT EXISTS (SELECT 1 FROM ${schema}.encryption_certificates WHERE expires_at_ms > $4::bigint + $6::bigint)`,
        [
          id,
          made.certificate,
          this.#box.seal(made.privateKey, sealingContext(id)),
          nowMs,
          expiresAtMs,
          rotateBeforeEndMs,
        ],
      );
      await client.query("COMMIT");
    });
    return (await this.#newest()) ?? { id, certificate: made.certificate, expires_at_ms: expiresAtMs };
  }
}

function sealingContext(id: string): string {
  return `encryption_certificates.private_key:${id}`;
}

async function selfSigned(
  fromMs: number,
  untilMs: number,
): Promise<{ certificate: string; privateKey: string }> {
  // Loaded only when needed, about once a year; its decorators need the metadata API first.
  await import("reflect-metadata");
  const { cryptoProvider, X509CertificateGenerator } = await import("@peculiar/x509");
  cryptoProvider.set(crypto);
  const algorithm = {
    name: "RSASSA-PKCS1-v1_5",
    hash: "SHA-256",
    publicExponent: new Uint8Array([1, 0, 1]),
    modulusLength: 2048,
  };
  const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: "CN=Microsoft Teams Notifications for Mattermost",
    notBefore: new Date(fromMs),
    notAfter: new Date(untilMs),
    signingAlgorithm: algorithm,
    keys,
  });
  const pkcs8 = Buffer.from(await crypto.subtle.exportKey("pkcs8", keys.privateKey)).toString("base64");
  const lines = pkcs8.match(/.{1,64}/g) ?? [];
  return {
    certificate: Buffer.from(certificate.rawData).toString("base64"),
    privateKey: `-----BEGIN PRIVATE KEY-----\n${lines.join("\n")}\n-----END PRIVATE KEY-----\n`,
  };
}
