import { preferencesCategory as category } from "@msteams-notifications/server/contract";
import { MattermostRestClient } from "../../src/mattermost/rest-client.ts";
import { password } from "../../src/people.ts";
import type { Installation } from "../installation.ts";
import { lasting, type Trial } from "../trial.ts";
import { killOne } from "./killed-processes.ts";

const messages = { whole: 1_000, short: 200 } as const;
const perSecond = 100;
const betweenKillsMs = { whole: 5_000, short: 1_500 } as const;

/** Everybody wants messages together, and what joins a post is cut off, repeated, edited and deleted. */
export const joinedBursts: Trial = {
  name: "Messages together",
  fault: {
    whole:
      "1,000 messages in bursts that share posts, under 1,000 edits, deletions and reactions; kill -9 every 5 s, 5 % of UpdatePost fail, 5 % after the change",
    short:
      "200 messages in bursts that share posts, under 200 edits, deletions and reactions; kill -9, 5 % of UpdatePost fail, 5 % after the change",
  },
  keepsOrder: false,
  async run({ installation, sending, extent }) {
    const { faults } = installation.mattermost.system;
    faults.set("UpdatePost", { failBefore: 0.05, failAfter: 0.05 });
    await choose(installation, "on");
    try {
      let isSending = true;
      const count = messages[extent];
      const acts = Promise.all([sending.send(count, perSecond), sending.change(count, perSecond)]).finally(
        () => {
          isSending = false;
        },
      );
      for (let turn = 0; isSending; turn += 1) {
        await Promise.race([lasting(betweenKillsMs[extent]), acts]);
        await killOne(installation, turn);
      }
      await acts;
      await installation.tenant.tenant.clock.advance(10_000);
      await sending.settled(60_000);
    } finally {
      await choose(installation, "off");
      faults.clear();
    }
  },
};

async function choose({ readers, balancer }: Installation, value: "on" | "off"): Promise<void> {
  for (const { username, mattermostId } of readers) {
    const client = await MattermostRestClient.signIn(balancer.url, username, password);
    const choice = { user_id: mattermostId, category, name: "together", value };
    await client.request("PUT", `/api/v4/users/${mattermostId}/preferences`, [choice]);
  }
}
