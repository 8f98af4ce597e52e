import { type Installation, pluginProcess, startAgain } from "../installation.ts";
import { lasting, type Trial } from "../trial.ts";

const betweenKillsMs = 3_000;
const messages = { whole: 10_000, short: 600 } as const;
const perSecond = 200;

/** A plugin process on one node after the other is killed without warning; Mattermost's health check starts it again. */
export const killedProcesses: Trial = {
  name: "Killed processes",
  fault: {
    whole: "kill -9 of a plugin process every 3 s under 10,000 messages",
    short: "kill -9 of a plugin process every 3 s under 600 messages",
  },
  // What a killed process did not acknowledge comes again later than what was sent after it.
  keepsOrder: false,
  async run({ installation, sending, extent }) {
    let isSending = true;
    const sent = sending.send(messages[extent], perSecond).finally(() => {
      isSending = false;
    });
    for (let turn = 0; isSending; turn += 1) {
      await Promise.race([lasting(betweenKillsMs), sent]);
      await killOne(installation, turn);
    }
    await sent;
    await installation.tenant.tenant.clock.advance(10_000);
  },
};

export async function killOne(installation: Installation, turn: number): Promise<void> {
  const { nodes } = installation.mattermost;
  const node = nodes[turn % nodes.length];
  const pid = node && pluginProcess(node);
  if (node === undefined || pid === undefined) return;
  process.kill(pid, "SIGKILL");
  await startAgain(installation, node);
}
