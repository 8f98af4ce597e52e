import type { Trial } from "../trial.ts";

const hourMs = 3_600_000;
const jumps = [-2 * hourMs, 0, 2 * hourMs];

/** Mattermost's clock jumps hours back and forth while posts have to be looked up, and Microsoft's runs ahead. */
export const wrongClocks: Trial = {
  name: "Wrong clocks",
  fault: {
    whole:
      "Mattermost's clock 2 h behind, right, 2 h ahead, Microsoft's 2 h ahead; 20 % of CreatePost fail after the post was made, 600 messages",
    short:
      "Mattermost's clock 2 h behind, right, 2 h ahead, Microsoft's 2 h ahead; 20 % of CreatePost fail after the post was made, 150 messages",
  },
  // Posts are compared by Mattermost's times.
  keepsOrder: false,
  async run({ installation, sending, extent }) {
    const { mattermost, clock, tenant } = installation;
    mattermost.system.faults.set("CreatePost", { failAfter: 0.2 });
    try {
      for (const offsetMs of jumps) {
        clock.offsetMs = offsetMs;
        await sending.send(extent === "whole" ? 150 : 50, 100);
        await sending.settled(30_000);
      }
      await tenant.tenant.clock.advance(2 * hourMs);
      await sending.send(extent === "whole" ? 150 : 50, 100);
      await sending.settled(30_000);
    } finally {
      mattermost.system.faults.clear();
      clock.offsetMs = 0;
    }
  },
};
