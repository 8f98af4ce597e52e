import { describe, expect, test } from "bun:test";
import { parseArguments } from "./arguments.ts";

describe("the command line", () => {
  test("means the built-in Mattermost when it is empty", () => {
    expect(parseArguments([])).toEqual({ mattermost: undefined, port: 8700 });
  });

  test("names a real server without its trailing slash", () => {
    expect(parseArguments(["--mattermost", "https://chat.example/", "--token", "t"]).mattermost).toEqual({
      url: "https://chat.example",
      token: "t",
    });
  });

  const wrong: [string[], string][] = [
    [["--mattermost", "https://chat.example"], "go together"],
    [["--token", "t"], "go together"],
    [["--mattermost", "nonsense", "--token", "t"], "not an address"],
    [["--port", "70000"], "not a port"],
    [["--prot", "1"], "--prot"],
  ];
  test.each(wrong)("%j is refused and says why", (args, words) => {
    expect(() => parseArguments(args)).toThrow(words);
  });
});
