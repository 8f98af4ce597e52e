import type { Trial } from "../trial.ts";

const share = 0.1;
/** Each holds its chat for a quarter of a minute. */
const unansweredShare = 0.002;

/** Mattermost refuses posts, or makes them and says that it did not, or never says anything. */
export const postingTrouble: Trial = {
  name: "Failing CreatePost",
  fault: {
    whole:
      "10 % of CreatePost fail, 10 % fail after the post was made, 0.2 % are never answered, 1,500 messages",
    short: "10 % of CreatePost fail, 10 % fail after the post was made, 200 messages",
  },
  keepsOrder: true,
  async run({ installation, sending, extent }) {
    const { faults } = installation.mattermost.system;
    const hang = extent === "whole" ? unansweredShare : 0;
    faults.set("CreatePost", { failBefore: share, failAfter: share, hang });
    try {
      await sending.send(extent === "whole" ? 1_500 : 200, 100);
      await sending.settled(90_000);
    } finally {
      faults.clear();
    }
  },
};
