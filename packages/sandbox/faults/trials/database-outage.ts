import { lasting, type Trial } from "../trial.ts";

const outageMs = { whole: 30_000, short: 3_000 } as const;
const messages = { whole: 3_000, short: 200 } as const;
const perSecond = 100;

/** Mattermost's database goes away in the middle and comes back. */
export const databaseOutage: Trial = {
  name: "Database outage",
  fault: { whole: "PostgreSQL stopped for 30 s", short: "PostgreSQL stopped for 3 s" },
  // What is refused meanwhile comes again later than what was sent after it.
  keepsOrder: false,
  async run({ installation, sending, extent }) {
    const sent = sending.send(messages[extent], perSecond);
    await lasting(500);
    await installation.postgres.halt();
    await lasting(outageMs[extent]);
    await installation.postgres.resume();
    await sent;
    // Graph repeats what was refused after ten seconds; nobody has to wait for them here.
    await installation.tenant.tenant.clock.advance(10_000);
  },
};
