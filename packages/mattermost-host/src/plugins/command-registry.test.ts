import { describe, expect, test } from "bun:test";
import { command } from "../testing/plugin-command.ts";
import { CommandRegistry } from "./command-registry.ts";

function registry(...entries: readonly (readonly [pluginId: string, trigger: string, teamId?: string])[]) {
  const commands = new CommandRegistry();
  for (const [pluginId, trigger, teamId = ""] of entries) {
    commands.register(pluginId, command(trigger, { teamId }));
  }
  return commands;
}
const owners = (commands: CommandRegistry) => commands.all().map(({ pluginId }) => pluginId);

describe("a command", () => {
  test("is found by its first word, whatever its case and what follows", () => {
    const commands = registry(["p", "teams"]);
    for (const line of ["/teams", "/TEAMS connect", "/teams\nconnect", "/teams\tx"]) {
      expect(commands.find(line, "any")?.pluginId).toBe("p");
    }
    for (const line of ["/team", "/teamsx", "/", ""]) expect(commands.find(line, "any")).toBeUndefined();
  });

  test("of one team is not found in another", () => {
    const commands = registry(["p", "teams", "t1"]);
    expect(commands.find("/teams", "t1")?.pluginId).toBe("p");
    expect(commands.find("/teams", "t2")).toBeUndefined();
    expect(commands.find("/teams", "")).toBeUndefined();
  });

  test("replaces the plugin's own of that trigger and team, in its place", () => {
    const commands = registry(["p", "a"], ["p", "b"], ["p", "a", "t1"]);
    commands.register("p", command("a", { autoCompleteDesc: "new" }));
    expect(commands.all()).toHaveLength(3);
    expect(commands.find("/a", "t2")?.command.autoCompleteDesc).toBe("new");
  });

  test("of two plugins is answered by the one that came first", () => {
    const commands = registry(["p", "a"], ["q", "a"]);
    expect(commands.find("/a", "")?.pluginId).toBe("p");
    commands.unregisterAll("p");
    expect(commands.find("/a", "")?.pluginId).toBe("q");
  });

  test("is taken away by trigger and team, no matter whose it is", () => {
    const commands = registry(["p", "a"], ["q", "a"], ["q", "a", "t1"], ["q", "b"]);
    commands.unregister("", "a");
    expect(commands.all().map(({ command: { trigger, teamId } }) => [trigger, teamId])).toEqual([
      ["a", "t1"],
      ["b", ""],
    ]);
  });

  test("goes with its plugin, the others stay", () => {
    const commands = registry(["p", "a"], ["q", "b"], ["p", "c"]);
    commands.unregisterAll("p");
    expect(owners(commands)).toEqual(["q"]);
  });
});
