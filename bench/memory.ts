import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { product } from "./tools.ts";

/**
 * The most resident memory that the product's process ever had, in bytes. Reads it from `/proc`; undefined where the system has
 * none. Throws when this process runs no or several plugins.
 */
export function mostMemoryOfProduct(): number | undefined {
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
  return Number(field(status, "VmHWM")) * 1024;
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
