import type { AccessArea, AccessProblem, AccessProblems } from "../../application/access/access-ports.ts";
import { type Database, schema } from "./database.ts";

const table = `${schema}.access_problems`;

/** What Microsoft refuses, seen by whichever node an administrator asks; its first mention tells the owner. */
export class PostgresAccessProblems implements AccessProblems {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async record({ owner, area, code, sinceMs }: AccessProblem): Promise<"new" | "known"> {
    const changed = await this.#database.query(
      `INSERT INTO ${table} AS known (owner, area, code, since_ms) VALUES ($1, $2, $3, $4)
       ON CONFLICT (owner, area) DO UPDATE SET code = excluded.code, since_ms = excluded.since_ms
       WHERE known.code <> excluded.code RETURNING 1`,
      [owner, area, code, sinceMs],
    );
    return changed.length > 0 ? "new" : "known";
  }

  async clear(owner: string, area: AccessArea): Promise<boolean> {
    const sql = `DELETE FROM ${table} WHERE owner = $1 AND area = $2 RETURNING 1`;
    return (await this.#database.query(sql, [owner, area])).length > 0;
  }

  async list(): Promise<readonly AccessProblem[]> {
    const sql = `SELECT owner, area, code, since_ms AS "sinceMs" FROM ${table} ORDER BY since_ms, owner, area`;
    return this.#database.query<AccessProblem>(sql);
  }
}
