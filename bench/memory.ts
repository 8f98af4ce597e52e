import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { product } from "./tools.ts";

/** Resident memory of the product's process in bytes: now, and the most it ever was. */
export interface Memory {
  readonly nowBytes: number;
  readonly peakBytes: number;
}

/** Reads it from `/proc`; undefined where the system has none. Throws when this process runs no or several plugins. */
export function memoryOfProduct(): Memory | undefined {
  if (process.platform !== "linux") return undefined;
  const found = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((id) => statusOf(id) ?? [])
    // A process's name is cut after 15 characters.
    .filter((status) => basename(product).startsWith(field(status, "Name")))
    .filter((status) => Number(field(status, "PPid")) === process.pid);
  const [status, ...others] = found;
  if (status === undefined || others.length > 0)
    throw new Error(`Expected one running plugin, found ${found.length}.`);
  return { nowBytes: bytes(status, "VmRSS"), peakBytes: bytes(status, "VmHWM") };
}

/** Undefined for a process that has ended meanwhile. */
function statusOf(id: string): string | undefined {
  try {
    return readFileSync(`/proc/${id}/status`, "utf8");
  } catch {
    return undefined;
  }
}

function field(status: string, name: string): string {
  return new RegExp(`^${name}:\\s*(\\S+)`, "m").exec(status)?.[1] ?? "";
}

function bytes(status: string, name: string): number {
  return Number(field(status, name)) * 1024;
}
