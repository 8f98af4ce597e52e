import type { PendingSignIn, SignInStore } from "../../application/connections/sign-in-store.ts";
import { type Database, schema } from "./database.ts";
import type { SecretBox } from "./secret-box.ts";

interface Row {
  readonly state_hash: string;
  readonly user_id: string;
  readonly browser_hash: string | null;
  readonly nonce: string;
  readonly code_verifier: Buffer;
  readonly channel_id: string | null;
  readonly root_id: string | null;
  readonly ephemeral_post_id: string | null;
  readonly expires_at_ms: number;
}

const table = `${schema}.sign_ins`;

/** Sign-ins under way, shared by all nodes: a link opened through one may come back through another. */
export class PostgresSignIns implements SignInStore {
  readonly #database: Database;
  readonly #box: SecretBox;

  constructor(database: Database, box: SecretBox) {
    this.#database = database;
    this.#box = box;
  }

  async put(signIn: PendingSignIn): Promise<void> {
    await this.#database.query(
      `INSERT INTO ${table} (state_hash, user_id, browser_hash, nonce, code_verifier, channel_id, root_id, ephemeral_post_id, expires_at_ms)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        signIn.stateHash,
        signIn.userId,
        signIn.browserHash ?? null,
        signIn.nonce,
        this.#box.seal(signIn.codeVerifier, sealingContext(signIn.stateHash)),
        signIn.channelId ?? null,
        signIn.rootId ?? null,
        signIn.ephemeralPostId ?? null,
        signIn.expiresAtMs,
      ],
    );
  }

  async get(stateHash: string): Promise<PendingSignIn | undefined> {
    return this.#first(
      await this.#database.query<Row>(`SELECT * FROM ${table} WHERE state_hash = $1`, [stateHash]),
    );
  }

  async bind(stateHash: string, browserHash: string): Promise<boolean> {
    const sql = `UPDATE ${table} SET browser_hash = $2 WHERE state_hash = $1 RETURNING state_hash`;
    return (await this.#database.query(sql, [stateHash, browserHash])).length > 0;
  }

  async take(stateHash: string): Promise<PendingSignIn | undefined> {
    return this.#first(
      await this.#database.query<Row>(`DELETE FROM ${table} WHERE state_hash = $1 RETURNING *`, [stateHash]),
    );
  }

  async removeExpired(nowMs: number): Promise<number> {
    return (await this.#database.query(`DELETE FROM ${table} WHERE expires_at_ms <= $1 RETURNING 1`, [nowMs]))
      .length;
  }

  #first([row]: readonly Row[]): PendingSignIn | undefined {
    if (row === undefined) return undefined;
    return {
      stateHash: row.state_hash,
      userId: row.user_id,
      browserHash: row.browser_hash ?? undefined,
      nonce: row.nonce,
      codeVerifier: this.#box.open(row.code_verifier, sealingContext(row.state_hash)),
      channelId: row.channel_id ?? undefined,
      rootId: row.root_id ?? undefined,
      ephemeralPostId: row.ephemeral_post_id ?? undefined,
      expiresAtMs: row.expires_at_ms,
    };
  }
}

function sealingContext(stateHash: string): string {
  return `sign_ins.code_verifier:${stateHash}`;
}
