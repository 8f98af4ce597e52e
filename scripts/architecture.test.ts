import { expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { root } from "./build/root.ts";

/** Folder → what its shipped source may import besides its own files and npm packages. The first matching row counts. */
const allowed: readonly (readonly [folder: string, mayImport: readonly string[]])[] = [
  ["packages/plugin-sdk", []],
  ["packages/local-postgres", []],
  ["packages/teams-simulator", []],
  ["packages/mattermost-host", ["packages/plugin-sdk"]],
  [
    "packages/webapp",
    ["packages/server/src/adapters/http/contract.ts", "packages/server/src/domain/choices.ts"],
  ],
  ["packages/server/src/domain", []],
  ["packages/server/src/application", ["packages/server/src/domain"]],
  ...["graph", "mattermost", "postgres", "http"].map(
    (name) =>
      [
        `packages/server/src/adapters/${name}`,
        ["packages/server/src/domain", "packages/server/src/application", "packages/plugin-sdk"],
      ] as const,
  ),
  ["packages/server", ["packages/server", "packages/plugin-sdk"]],
  ["packages/sandbox", ["packages", "scripts"]],
];

const scope = "@msteams-notifications/";

function sourcesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((name) => /\.tsx?$/.test(name) && !/node_modules|\/testing\/|\.(test|e2e)\.tsx?$/.test(name));
}

const sources = sourcesBelow("packages");

function exportsOf(packageName: string): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(join(root, "packages", packageName, "package.json"), "utf8")).exports;
}

/** The repository path that `specifier` in `file` means; undefined for npm packages and `node:` modules. */
function target(file: string, specifier: string): string | undefined {
  if (specifier.startsWith(".")) return relative(root, join(root, dirname(file), specifier));
  if (!specifier.startsWith(scope)) return undefined;
  const [name = "", ...rest] = specifier.slice(scope.length).split("/");
  return join("packages", name, exportsOf(name)[[".", ...rest].join("/")] ?? "missing");
}

function imports(file: string): string[] {
  const text = readFileSync(join(root, file), "utf8");
  return [...text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].flatMap((match) => match[1] ?? []);
}

const inside = (path: string, folder: string) => path === folder || path.startsWith(`${folder}/`);

test("source files exist to be checked", () => {
  expect(sources.length).toBeGreaterThan(50);
});

test("imports point inward only", () => {
  const wrong = sources.flatMap((file) => {
    const [own, mayImport] = allowed.find(([folder]) => inside(file, folder)) ?? ["", []];
    return imports(file)
      .map((specifier) => target(file, specifier))
      .filter((path) => path !== undefined)
      .filter((path) => !inside(path, own) && !mayImport.some((folder) => inside(path, folder)))
      .map((path) => `${file} → ${path}`);
  });
  expect(wrong).toEqual([]);
});

test("no module imports itself through others", () => {
  const every = [...sources, ...sourcesBelow("bench"), ...sourcesBelow("scripts")];
  const graph = new Map(
    every.map((file) => [file, imports(file).flatMap((specifier) => target(file, specifier) ?? [])]),
  );
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, path: readonly string[]) => {
    if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(" → "));
    if (done.has(file) || path.includes(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of every) visit(file, []);
  expect(cycles).toEqual([]);
});
