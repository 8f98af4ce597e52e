import { existsSync, readFileSync } from "node:fs";
import { Client } from "pg";
import { type Installation, pluginProcess } from "./installation.ts";

/** What the plugin holds on all nodes together. */
export interface Footprint {
  /** Connections to PostgreSQL. */
  readonly connections: number;
  /** Resident memory of the largest plugin process; unknown where there is no /proc. */
  readonly largestMegabytes: number | undefined;
}

export async function footprintOf({ dataSource, mattermost }: Installation): Promise<Footprint> {
  const client = new Client({ connectionString: dataSource });
  await client.connect();
  const { rows } = await client.query<{ count: string }>(
    "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'msteams-notifications'",
  );
  await client.end();
  const sizes = mattermost.nodes.flatMap((node) => residentMegabytes(pluginProcess(node)) ?? []);
  return {
    connections: Number(rows[0]?.count ?? 0),
    largestMegabytes: sizes.length === 0 ? undefined : Math.max(...sizes),
  };
}

function residentMegabytes(pid: number | undefined): number | undefined {
  const file = `/proc/${pid}/status`;
  if (pid === undefined || !existsSync(file)) return undefined;
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(file, "utf8"))?.[1];
  return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1_024);
}
