import { expect, test } from "bun:test";
import coverage from "../coverage.json" with { type: "json" };
import { apiTable } from "./api/api-table.ts";
import { createApi } from "./api/create-api.ts";
import { serveApi } from "./api/serve-api.ts";
import type { RpcCaller } from "./contract/call-rows.ts";
import { definePlugin } from "./hooks/define-plugin.ts";
import { hookTable } from "./hooks/hook-table.ts";
import { implementedHooks } from "./hooks/serve-hooks.ts";

type Entries = Readonly<Record<string, "implemented" | { readonly missing: string } | string>>;

function implemented(entries: Entries): string[] {
  return Object.keys(entries).filter((name) => entries[name] === "implemented");
}

function reasons(entries: Entries): string[] {
  return Object.values(entries).flatMap((entry) => (typeof entry === "string" ? [] : [entry.missing]));
}

/** Hooks whose structs are not lettered; they live in the go-plugin and http folders. */
const SPECIAL_HOOKS = ["OnActivate", "ServeHTTP", "ServeMetrics", "Implemented"];

test("the hooks said to be implemented are those of the table and the special ones", () => {
  expect(implemented(coverage.hooks).sort()).toEqual([...Object.keys(hookTable), ...SPECIAL_HOOKS].sort());
});

test("a plugin that has every hook lists all of them but the list itself", () => {
  const all = ["onActivate", "serveHttp", "serveMetrics", ...Object.keys(hookTable)].map((name) => [
    name.charAt(0).toLowerCase() + name.slice(1),
    () => undefined,
  ]);
  const listed = implementedHooks(definePlugin(Object.fromEntries(all)));
  expect([...listed, "Implemented"].sort()).toEqual(implemented(coverage.hooks).sort());
});

test("the API methods said to be implemented are those a host can serve", () => {
  const served = [...serveApi({ PluginHTTP: () => Promise.resolve({}) }).keys()];
  expect(served.map((name) => name.replace("Plugin.", "")).sort()).toEqual(implemented(coverage.api).sort());
});

test("every method of the table is called by exactly one function of the author's API", async () => {
  const called: string[] = [];
  const refusal = new Error("not sent");
  const rpc: RpcCaller = {
    call: (method) => {
      called.push(method.replace("Plugin.", ""));
      return Promise.reject(refusal);
    },
  };
  const request = new Request("http://plugins/other/path");
  for (const group of Object.values(createApi(rpc))) {
    for (const method of Object.values(group)) {
      const args = method.name === "" ? [request] : [];
      const outcome: unknown = await Promise.resolve(Reflect.apply(method, undefined, args)).catch(
        (error: unknown) => error,
      );
      expect(outcome).toBe(refusal);
    }
  }
  expect(called.sort()).toEqual([...Object.keys(apiTable), "PluginHTTP"].sort());
});

test("what is missing has a reason", () => {
  for (const reason of [...reasons(coverage.hooks), ...reasons(coverage.api)])
    expect(reason.length).toBeGreaterThan(20);
  expect(reasons(coverage.hooks)).toHaveLength(1);
  expect(reasons(coverage.api)).toHaveLength(5);
});
