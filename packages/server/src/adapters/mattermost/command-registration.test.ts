import { expect, test } from "bun:test";
import type { Api, AutocompleteDataInput } from "@msteams-notifications/plugin-sdk";
import { msteamsCommand } from "../../application/commands/command-words.ts";
import { registerCommand } from "./command-registration.ts";

async function registration(): Promise<readonly AutocompleteDataInput[]> {
  const registered: AutocompleteDataInput[] = [];
  const commands = {
    async register({ autocompleteData }: { readonly autocompleteData?: AutocompleteDataInput }) {
      if (autocompleteData !== undefined) registered.push(autocompleteData);
    },
  };
  const url = (which: string) => `plugins/p/${which}`;
  await registerCommand({ commands } as Pick<Api, "commands">, msteamsCommand, { url });
  return registered;
}

test("the values of a setting are offered as a list that stands for itself", async () => {
  const [command] = await registration();
  const settings = command?.subCommands?.find(({ trigger }) => trigger === "settings");
  const threads = settings?.subCommands?.find(({ trigger }) => trigger === "threads");
  expect(threads?.subCommands).toEqual([]);
  expect(threads?.arguments).toMatchObject([
    {
      name: "",
      type: "StaticList",
      required: true,
      data: { value: { possibleArguments: [{ item: "flat" }, { item: "chats" }] } },
    },
  ]);
});

test("a chat is offered as a list of the person's own, before for how long", async () => {
  const [command] = await registration();
  const argumentsOf = (word: string) =>
    command?.subCommands?.find(({ trigger }) => trigger === word)?.arguments;
  expect(argumentsOf("mute")).toMatchObject([
    { name: "", type: "DynamicList", required: true, data: { value: { fetchURL: "plugins/p/recent" } } },
    { name: "", type: "StaticList" },
  ]);
  expect(argumentsOf("unmute")).toMatchObject([{ data: { value: { fetchURL: "plugins/p/muted" } } }]);
});

test("everybody is offered the commands, administrators alone what follows admin", async () => {
  const roles = new Map<string, string | undefined>();
  const walk = (each: AutocompleteDataInput, before = "") => {
    const line = `${before}${each.trigger}`;
    roles.set(line, each.roleID);
    for (const next of each.subCommands ?? []) walk(next, `${line} `);
  };
  for (const each of await registration()) walk(each);
  const restricted = [...roles].filter(([, role]) => role === "system_admin").map(([line]) => line);
  expect(restricted).toEqual([
    "msteams admin",
    "msteams admin catch-up",
    "msteams admin disconnect",
    "msteams admin failures",
    "msteams admin replay",
  ]);
  expect(roles.get("msteams notifications")).toBe("system_user");
});
