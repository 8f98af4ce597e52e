import { buffer } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import tar from "tar-stream";
import type { JsonObject } from "../json.ts";

/** An entry of a tar file; text makes it a regular one. */
export type ArchiveEntry = Partial<tar.Header> & {
  readonly name: string;
  readonly content?: string | Uint8Array;
};

/** A gzip tar of exactly these entries. */
export async function archiveOf(entries: readonly ArchiveEntry[]): Promise<Uint8Array> {
  const pack = tar.pack();
  for (const { content, ...header } of entries) {
    if (content === undefined) pack.entry(header);
    else pack.entry(header, Buffer.from(content));
  }
  pack.finalize();
  return gzipSync(await buffer(pack));
}

export const probeId = "com.example.probe";
const probeSource = JSON.stringify(`${import.meta.dirname}/plugins/probe.ts`);

export interface ProbeOptions {
  readonly manifest?: JsonObject;
  /** Whether there is a web half. */
  readonly web?: boolean;
  /** Replaces the program that is the plugin's executable. */
  readonly program?: string;
}

/** The archive of the test plugin: its executable is a script that this machine's JavaScript runtime runs. */
export function probeArchive({ manifest, web = true, program }: ProbeOptions = {}): Promise<Uint8Array> {
  const text = program ?? `#!${process.execPath}\nawait import(${probeSource});\n`;
  const raw = {
    id: probeId,
    name: "Probe",
    description: "Does what a test asks",
    version: "1.0.0",
    min_server_version: "10.7.0",
    server: { executable: "server/probe.mjs" },
    ...(web ? { webapp: { bundle_path: "webapp/dist/main.js" } } : {}),
    settings_schema: {
      settings: [
        { key: "Refuse", type: "text", default: "" },
        { key: "ClientSecret", type: "text", secret: true },
        { key: "Limit", type: "number", default: 20 },
      ],
      sections: [{ key: "s", settings: [{ key: "Inner", type: "text", default: "not applied" }] }],
    },
    ...manifest,
  };
  return archiveOf([
    { name: "probe/plugin.json", content: JSON.stringify(raw) },
    { name: "probe/server/probe.mjs", mode: 0o755, content: text },
    { name: "probe/public/icon.svg", content: "<svg/>" },
    ...(web ? [{ name: "probe/webapp/dist/main.js", content: "registerPlugin()" }] : []),
  ]);
}
