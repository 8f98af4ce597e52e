import { describe, expect, test } from "bun:test";
import { PluginTurns } from "./plugin-turns.ts";

describe("work on a plugin", () => {
  test("waits for what came before, even when that failed", async () => {
    const turns = new PluginTurns();
    const done: string[] = [];
    const gate = Promise.withResolvers<void>();
    const first = turns.run("p", async () => {
      await gate.promise;
      done.push("first");
      throw new Error("first failed");
    });
    const second = turns.run("p", async () => done.push("second"));
    expect(done).toEqual([]);
    gate.resolve();
    await expect(first).rejects.toThrow("first failed");
    await second;
    expect(done).toEqual(["first", "second"]);
  });

  test("does not wait for that on another", async () => {
    const turns = new PluginTurns();
    const gate = Promise.withResolvers<void>();
    const slow = turns.run("p", () => gate.promise);
    expect(await turns.run("q", async () => "done")).toBe("done");
    expect([turns.busy("p"), turns.busy("q")]).toEqual([true, false]);
    gate.resolve();
    await slow;
    expect(turns.busy("p")).toBe(false);
  });

  test("is over when all of it is, what came meanwhile included", async () => {
    const turns = new PluginTurns();
    const done: string[] = [];
    void turns.run("p", async () => {
      void turns.run("q", async () => done.push("later"));
      done.push("early");
    });
    await turns.idle();
    expect(done).toEqual(["early", "later"]);
  });
});
