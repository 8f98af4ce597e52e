import type { Trial } from "../trial.ts";

/** Every notification comes one to three times, and many after their successors. */
export const repeatedAndMixed: Trial = {
  name: "Repeated and mixed notifications",
  fault: {
    whole: "every notification one to three times, 30 % after their successor, 2,500 messages",
    short: "every notification one to three times, 30 % after their successor, 300 messages",
  },
  keepsOrder: false,
  async run({ installation, sending, extent }) {
    const { faults, drained } = installation.tenant.tenant;
    faults.setNotifications({ duplicatedShare: 1, copiesMax: 3, reorderedShare: 0.3 });
    try {
      await sending.send(extent === "whole" ? 2_500 : 300, 150);
      await drained();
    } finally {
      faults.setNotifications({ duplicatedShare: 0, copiesMax: 2, reorderedShare: 0 });
    }
  },
};
