import { pluginProcess, startAgain } from "../installation.ts";
import type { Trial } from "../trial.ts";

/** What a dead node had in hand must be taken over within this time. */
const takeoverMs = 30_000;

/** A node disappears with its work, and the others go on with it. */
export const lostNode: Trial = {
  name: "Lost node",
  fault: {
    whole:
      "one of three nodes dies under 2,000 messages and does not come back; the others take over within 30 s",
    short:
      "one of three nodes dies under 200 messages and does not come back; the others take over within 30 s",
  },
  keepsOrder: false,
  async run({ installation, sending, extent }) {
    const { mattermost, balancer } = installation;
    const { configuration } = mattermost.system;
    const node = mattermost.nodes.at(-1);
    const pid = node && pluginProcess(node);
    if (node === undefined || pid === undefined) throw new Error("The plugin runs on no node.");
    const all = balancer.targets;
    await configuration.patch({ PluginSettings: { EnableHealthCheck: false } });
    try {
      const sent = sending.send(extent === "whole" ? 2_000 : 200, 200);
      await sending.begun();
      balancer.targets = all.filter((url) => url !== node.url);
      process.kill(pid, "SIGKILL");
      await sent;
      // What was on its way to the dead node comes again, as Graph does it.
      await installation.tenant.tenant.clock.advance(10_000);
      await sending.settled(takeoverMs);
    } finally {
      balancer.targets = all;
      await configuration.patch({ PluginSettings: { EnableHealthCheck: true } });
      await startAgain(installation, node);
    }
  },
};
