import { lasting, type Trial } from "../trial.ts";

const unreachableMs = { whole: 120_000, short: 3_000 } as const;

/** Graph answers nobody; what is delivered meanwhile is delivered without knowing the presence. */
export const graphUnreachable: Trial = {
  name: "Graph unreachable",
  fault: { whole: "no answer from Graph for 2 min", short: "no answer from Graph for 3 s" },
  keepsOrder: true,
  async run({ installation, sending, extent }) {
    const { faults } = installation.tenant.tenant;
    using _fault = faults.arm({ kind: "reset" });
    const sent = sending.send(extent === "whole" ? 2_000 : 100, 50);
    await lasting(unreachableMs[extent]);
    await sent;
  },
};

/** A third of all requests to Graph is refused. */
export const graphThrottled: Trial = {
  name: "Graph throttled and failing",
  fault: {
    whole: "15 % of the requests to Graph throttled, 15 % answered 503, under 1,500 messages",
    short: "15 % of the requests to Graph throttled, 15 % answered 503, under 200 messages",
  },
  keepsOrder: true,
  async run({ installation, sending, extent }) {
    const { faults } = installation.tenant.tenant;
    using _throttled = faults.arm({ kind: "throttled", retryAfterSeconds: 1, share: 0.15 });
    using _failing = faults.arm({ kind: "status", status: 503, share: 0.15 });
    await sending.send(extent === "whole" ? 1_500 : 200, 100);
    await sending.settled(60_000);
  },
};
