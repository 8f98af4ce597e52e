import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { NodeActivity } from "../node/activity.ts";
import { defaultConfiguration } from "../system/server-configuration.ts";
import { MattermostSystem } from "../system/system.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { MemoryPlugins } from "../testing/memory-plugins.ts";
import { restApi } from "./api.ts";

test("the list of routes is what the server answers", () => {
  const configuration = defaultConfiguration("", "");
  const system = new MattermostSystem({ clock: new ManualClock(), random: () => 0.5, configuration });
  const parts = { nodeId: "n", system, activity: new NodeActivity(system), plugins: new MemoryPlugins() };
  const registered = restApi(parts)
    .routes.filter(({ method }) => method !== "ALL")
    .map(({ method, path }) => `${method} ${path.replaceAll(/\{[^}]*\}/g, "")}`);
  const listed: unknown = JSON.parse(readFileSync(new URL("../../routes.json", import.meta.url), "utf8"));
  expect([...new Set(registered)].toSorted()).toEqual(listed as string[]);
});
