import { preferencesCategory as category } from "@msteams-notifications/server/contract";
import { MattermostRestClient } from "../../src/mattermost/rest-client.ts";
import { password } from "../../src/people.ts";
import type { Installation } from "../installation.ts";
import { lasting, type Trial } from "../trial.ts";
import { killOne } from "./killed-processes.ts";

const messages = { whole: 2_000, short: 200 } as const;
const perSecond = 200;
const outageMs = { whole: 20_000, short: 2_000 } as const;
const snoozedMs = 60 * 60_000;
/** Pauses between repetitions double from ten seconds on: those after the first three failures end within this time. */
const longestRepetitionMs = 120_000;

/** Everybody snoozes; what is held outlasts killed processes and a restart of the database, and so does its release. */
export const heldMessages: Trial = {
  name: "Held messages",
  fault: {
    whole:
      "2,000 messages in a snooze, edited meanwhile; kill -9 and 20 s without PostgreSQL while they are held, kill -9 while they are released",
    short:
      "200 messages in a snooze, edited meanwhile; kill -9 and 2 s without PostgreSQL while they are held, kill -9 while they are released",
  },
  keepsOrder: false,
  async run({ installation, sending, extent }) {
    const { postgres, mattermost, tenant } = installation;
    await snooze(installation, String(Date.now() + snoozedMs));
    await sending.send(messages[extent], perSecond);
    await killOne(installation, 0);
    await sending.change(messages[extent] / 2, perSecond);
    await postgres.halt();
    await lasting(outageMs[extent]);
    await postgres.resume();
    for (const [turn] of mattermost.nodes.entries()) await killOne(installation, turn);
    // Graph repeats what was refused after ten seconds; nobody has to wait for them here.
    await tenant.tenant.clock.advance(10_000);
    await tenant.tenant.settled();
    if (sending.hasBegun) throw new Error("A message arrived although everybody snoozes.");
    await snooze(installation, "off");
    await killOne(installation, 1);
    // What was refused more than once, by a stopped database and a killed process, waits longer each time.
    for (let repetition = 0; repetition < 3; repetition += 1) {
      await tenant.tenant.clock.advance(longestRepetitionMs);
      await tenant.tenant.settled();
    }
  },
};

async function snooze({ readers, balancer }: Installation, value: string): Promise<void> {
  for (const { username, mattermostId } of readers) {
    const client = await MattermostRestClient.signIn(balancer.url, username, password);
    const choice = { user_id: mattermostId, category, name: "snooze", value };
    await client.request("PUT", `/api/v4/users/${mattermostId}/preferences`, [choice]);
  }
}
