import { lasting, type Trial } from "../trial.ts";
import { killOne } from "./killed-processes.ts";

const messages = { whole: 1_500, short: 200 } as const;
const perSecond = 100;
const betweenKillsMs = { whole: 5_000, short: 1_500 } as const;

/** Messages are edited, deleted and reacted to while they are sent, and everything that tells of it goes wrong. */
export const changesUnderFaults: Trial = {
  name: "Edits and deletions",
  fault: {
    whole:
      "1,500 messages under 1,500 edits, deletions and reactions; every notification one to three times, 30 % after their successor, kill -9 every 5 s, 5 % of UpdatePost fail, 5 % after the change",
    short:
      "200 messages under 200 edits, deletions and reactions; every notification one to three times, 30 % after their successor, kill -9, 5 % of UpdatePost fail, 5 % after the change",
  },
  keepsOrder: false,
  async run({ installation, sending, extent }) {
    const { faults, clock } = installation.tenant.tenant;
    faults.setNotifications({ duplicatedShare: 1, copiesMax: 3, reorderedShare: 0.3 });
    installation.mattermost.system.faults.set("UpdatePost", { failBefore: 0.05, failAfter: 0.05 });
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
      // What a killed process did not acknowledge comes again.
      await clock.advance(10_000);
      await sending.settled(60_000);
    } finally {
      faults.setNotifications({ duplicatedShare: 0, copiesMax: 2, reorderedShare: 0 });
      installation.mattermost.system.faults.clear();
    }
  },
};
