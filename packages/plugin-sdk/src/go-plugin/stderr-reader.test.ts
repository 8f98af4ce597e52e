import { expect, test } from "bun:test";
import fc from "fast-check";
import { formatHclog, type HclogEntry, logLevels } from "./hclog.ts";
import { maxLineBytes, StderrReader } from "./stderr-reader.ts";

function read(...texts: string[]): HclogEntry[] {
  const entries: HclogEntry[] = [];
  const reader = new StderrReader((entry) => entries.push(entry));
  for (const text of texts) reader.push(new TextEncoder().encode(text));
  reader.end();
  return entries;
}

const lines: [string, HclogEntry][] = [
  ["[INFO] ready", { level: "info", message: "ready", fields: {} }],
  ["[ERROR]  late", { level: "error", message: "late", fields: {} }],
  ["just text", { level: "debug", message: "just text", fields: {} }],
  [
    '{"@level":"warn","@message":"m","@timestamp":"2026-01-01T00:00:00Z","k":1}',
    { level: "warn", message: "m", fields: { k: 1 } },
  ],
  [
    '{"@level":"loud","@message":"m"}',
    { level: "debug", message: '{"@level":"loud","@message":"m"}', fields: {} },
  ],
  ["{broken", { level: "debug", message: "{broken", fields: {} }],
  ["null", { level: "debug", message: "null", fields: {} }],
];

for (const [line, entry] of lines) {
  test(`${line} is ${entry.level}`, () => {
    expect(read(`${line}\n`)).toEqual([entry]);
  });
}

test("after a panic everything is an error", () => {
  const levels = read("before\npanic: oh\n\ngoroutine 1\n[INFO] still\n").map(({ level }) => level);
  expect(levels).toEqual(["debug", "error", "error", "error"]);
});

test("what the plugin writes is what the host logs, wherever it is cut", () => {
  fc.assert(
    fc.property(fc.constantFrom(...logLevels), fc.string(), fc.nat(200), (level, message, cut) => {
      const line = formatHclog(level, message, { code: "x" }, new Date(0));
      expect(read(line.slice(0, cut), line.slice(cut))).toEqual([{ level, message, fields: { code: "x" } }]);
    }),
  );
});

test("a line without end is cut at 64 KiB instead of filling the memory", () => {
  const entries: HclogEntry[] = [];
  const reader = new StderrReader((entry) => entries.push(entry));
  for (let index = 0; index < 20; index += 1) reader.push(new Uint8Array(8192).fill(97));
  expect(entries.map(({ message }) => message.length)).toEqual([maxLineBytes, maxLineBytes]);
});
