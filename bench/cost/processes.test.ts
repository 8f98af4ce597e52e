import { expect, test } from "bun:test";
import { cpuMsOf, cpuMsOfFamily, parentOf, parseStat, residentBytes } from "./processes.ts";

test("a process's times are found behind a name with spaces and brackets", () => {
  const line = "4711 (tmux: server (1)) S 42 4711 4711 0 -1 4194560 12 0 0 0 250 50 7 3 20 0 1 0 99 1 1";
  expect(parseStat(line)).toEqual({ parent: 42, cpuMs: 3_000, endedChildrenMs: 100 });
});

test("a line of something else is refused", () => {
  expect(() => parseStat("4711 (short) S")).toThrow("Not a line");
});

test.skipIf(process.platform !== "linux")(
  "the time of a child counts while it lives and afterwards",
  async () => {
    const child = Bun.spawn(
      ["/bin/sh", "-c", "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done; echo; read x"],
      {
        stdin: "pipe",
        stdout: "pipe",
      },
    );
    // It has had its time when it says something.
    await child.stdout.getReader().read();
    expect(parentOf(child.pid)).toBe(process.pid);
    const spentMs = cpuMsOf(child.pid);
    expect(spentMs).toBeGreaterThan(0);
    expect(residentBytes(child.pid)).toBeGreaterThan(0);
    const alive = cpuMsOfFamily(process.pid);
    child.kill();
    await child.exited;
    expect(cpuMsOfFamily(process.pid)).toBeGreaterThanOrEqual(alive);
    expect(() => cpuMsOf(child.pid)).toThrow("has ended");
  },
);
