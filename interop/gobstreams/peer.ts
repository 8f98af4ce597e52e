/**
 * The other end of the stream tests: `peer.ts decode` reads a gob stream from stdin and writes one line of JSON for each value,
 * `peer.ts encode` the reverse. Values are by turns of the type Everything and of the type Post.
 */
import { GobDecoder, INCOMPLETE } from "../../packages/plugin-sdk/src/gob/decoder.ts";
import { GobEncoder } from "../../packages/plugin-sdk/src/gob/encoder.ts";
import type { AnySchema } from "../../packages/plugin-sdk/src/gob/schema.ts";
import { Post } from "../../packages/plugin-sdk/src/index.ts";
import { mattermostTypes } from "../../packages/plugin-sdk/src/models/registered-types.ts";
import { fromPlainJson, toPlainJson } from "../plugins/plain-json.ts";
import { Everything } from "./everything.ts";

let count = 0;
const nextSchema = (): AnySchema => (count % 2 === 0 ? Everything : Post);

async function decode(): Promise<void> {
  const decoder = new GobDecoder(mattermostTypes);
  for await (const chunk of Bun.stdin.stream()) {
    decoder.push(chunk);
    for (;;) {
      const value = decoder.next(nextSchema());
      if (value === INCOMPLETE) break;
      count += 1;
      process.stdout.write(`${toPlainJson(value)}\n`);
    }
  }
}

async function encode(): Promise<void> {
  const encoder = new GobEncoder(mattermostTypes);
  for (const line of (await Bun.stdin.text()).split("\n")) {
    if (line === "") continue;
    process.stdout.write(encoder.encode(nextSchema(), fromPlainJson(line)));
    count += 1;
  }
}

await (process.argv[2] === "decode" ? decode() : encode());
