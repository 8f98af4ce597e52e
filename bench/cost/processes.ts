import { readdirSync, readFileSync } from "node:fs";

/** The kernel counts processor time in ticks of a hundredth of a second, whatever its own clock does (proc(5), USER_HZ). */
const tickMs = 10;

/** What `/proc/<id>/stat` tells of a process. */
interface Stat {
  readonly parent: number;
  /** Of the process, all its threads included. */
  readonly cpuMs: number;
  /** Of its children that have ended. */
  readonly endedChildrenMs: number;
}

/** The fields after the name, which may hold spaces and brackets itself (proc(5)). Throws when it is not such a line. */
export function parseStat(line: string): Stat {
  const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
  const field = (number: number): number => Number(fields[number - 3] ?? Number.NaN);
  const stat = {
    parent: field(4),
    cpuMs: (field(14) + field(15)) * tickMs,
    endedChildrenMs: (field(16) + field(17)) * tickMs,
  };
  if (Object.values(stat).some(Number.isNaN)) throw new TypeError(`Not a line of /proc/<id>/stat: ${line}`);
  return stat;
}

/** Undefined for a process that has ended. */
function statOf(id: number): Stat | undefined {
  try {
    return parseStat(readFileSync(`/proc/${id}/stat`, "utf8"));
  } catch (error) {
    if (error instanceof TypeError) throw error;
    return undefined;
  }
}

/** Milliseconds of processor time that a process has had. Throws when it has ended. */
export function cpuMsOf(id: number): number {
  const stat = statOf(id);
  if (stat === undefined) throw new Error(`Process ${id} has ended.`);
  return stat.cpuMs;
}

/** The same of a process and all its children, living or ended. */
export function cpuMsOfFamily(parent: number): number {
  const own = statOf(parent);
  if (own === undefined) throw new Error(`Process ${parent} has ended.`);
  const living = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => statOf(Number(name)) ?? [])
    .filter((stat) => stat.parent === parent);
  return living.reduce((sum, { cpuMs }) => sum + cpuMs, own.cpuMs + own.endedChildrenMs);
}

export function parentOf(id: number): number {
  const stat = statOf(id);
  if (stat === undefined) throw new Error(`Process ${id} has ended.`);
  return stat.parent;
}

/** Resident memory in bytes. */
export function residentBytes(id: number): number {
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, "utf8"))?.[1];
  if (kilobytes === undefined) throw new Error(`Process ${id} has no memory: it has ended.`);
  return Number(kilobytes) * 1_024;
}
