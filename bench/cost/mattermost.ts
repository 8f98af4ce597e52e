import { fileURLToPath } from "node:url";
import type { Person } from "@msteams-notifications/mattermost-host";
import type { Ends } from "../observation.ts";
import type { Looked, Said, Started, Wish } from "./wire.ts";

const script = fileURLToPath(new URL("./mattermost-process.ts", import.meta.url));

/** A Mattermost in a process of its own. */
export interface ApartMattermost extends AsyncDisposable, Started {
  /** Its process, without the plugin's. */
  readonly processId: number;
  readonly posts: Ends["posts"];
  /** Resolves to their id. */
  addPerson(person: Person): Promise<string>;
  look(): Promise<Looked>;
}

export async function startApart(dataSource: string, administrator: Person): Promise<ApartMattermost> {
  const listeners = new Set<(text: string, atMs: number) => void>();
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let isClosing = false;
  const child = Bun.spawn([process.execPath, script], {
    stdio: ["ignore", "inherit", "inherit"],
    serialization: "json",
    ipc(said: Said) {
      if (said.kind === "posts") {
        for (const [text, atMs] of said.posts) for (const listener of listeners) listener(text, atMs);
        return;
      }
      const one = waiting.get(said.id);
      waiting.delete(said.id);
      if (said.kind === "answer") one?.resolve(said.answer);
      else one?.reject(new Error(said.reason));
    },
    onExit(_child, code, signal) {
      const reason = new Error(`The process of Mattermost has ended: ${signal ?? code}.`);
      for (const one of waiting.values()) one.reject(reason);
      if (!isClosing) console.error(reason.message);
    },
  });
  let lastId = 0;
  const ask = <Answer>(wish: Wish): Promise<Answer> => {
    const one = Promise.withResolvers<unknown>();
    lastId += 1;
    waiting.set(lastId, one);
    child.send({ id: lastId, wish });
    return one.promise as Promise<Answer>;
  };
  const started = await ask<Started>({ kind: "start", dataSource, administrator });
  return {
    ...started,
    processId: child.pid,
    posts: {
      listen(listener) {
        listeners.add(listener);
        return { [Symbol.dispose]: () => void listeners.delete(listener) };
      },
    },
    addPerson: (person) => ask({ kind: "add-person", person }),
    look: () => ask({ kind: "look" }),
    async [Symbol.asyncDispose]() {
      isClosing = true;
      child.disconnect();
      await child.exited;
    },
  };
}
