/** The process in which the small Mattermost of the bench runs, so that its work can be told from the tenant's. */
import { type RunningMattermost, startMattermost } from "@msteams-notifications/mattermost-host";
import { pluginId } from "@msteams-notifications/server/contract";
import { nowMs } from "../now.ts";
import type { Looked, Numbered, Said, Started, Wish } from "./wire.ts";

/** Posts travel together: a message of its own for each would cost more than the post. */
const gatherMs = 5;

let mattermost: RunningMattermost | undefined;
let gathered: [text: string, atMs: number][] = [];

function say(said: Said): void {
  process.send?.(said);
}

function heard(text: string): void {
  if (gathered.length === 0)
    setTimeout(() => {
      say({ kind: "posts", posts: gathered });
      gathered = [];
    }, gatherMs);
  gathered.push([text, nowMs()]);
}

async function answer(wish: Wish): Promise<Started | Looked | string> {
  if (wish.kind === "start") {
    mattermost = await startMattermost({ dataSource: wish.dataSource, administrator: wish.administrator });
    mattermost.system.events.subscribe(({ event, data }) => {
      if (event === "posted") heard(String(data.post));
    });
    return { url: mattermost.url, metricsUrl: mattermost.nodes[0]?.metricsUrl ?? "" };
  }
  if (mattermost === undefined) throw new Error("Mattermost has not been started.");
  if (wish.kind === "add-person") {
    return mattermost.addPerson(wish.person).id;
  }
  const calls = [...mattermost.system.faults.calls.values()].reduce((sum, each) => sum + each, 0);
  return { calls, pluginProcess: mattermost.nodes[0]?.plugins.processOf(pluginId) };
}

process.on("message", ({ id, wish }: Numbered) => {
  answer(wish).then(
    (answered) => say({ kind: "answer", id, answer: answered }),
    (reason: unknown) => say({ kind: "failure", id, reason: String(reason) }),
  );
});
process.on("disconnect", () => {
  void (mattermost?.stop() ?? Promise.resolve()).finally(() => process.exit(0));
});
