import type { Installation } from "../installation.ts";
import { type Extent, lasting, type Trial } from "../trial.ts";

const messages = { whole: 2_500, short: 300 } as const;
const perSecond = 150;

/** Some notifications never come, and nothing says so. An administrator has the last day read. */
export const neverDelivered: Trial = {
  name: "Notifications never delivered",
  fault: {
    whole: "5 % of 2,500 notifications never sent, then `/msteams admin catch-up`",
    short: "5 % of 300 notifications never sent, then `/msteams admin catch-up`",
  },
  // What is read later stands below what came meanwhile.
  keepsOrder: false,
  async run({ installation, sending, extent }) {
    const { faults, drained } = installation.tenant.tenant;
    faults.setNotifications({ lostShare: 0.05 });
    try {
      await sending.send(messages[extent], perSecond);
      await drained();
    } finally {
      faults.setNotifications({ lostShare: 0 });
    }
    await catchUpByCommand(installation);
  },
};

/** Microsoft drops every subscription while messages are sent, and says so afterwards. */
export const subscriptionsRemoved: Trial = {
  name: "Subscriptions removed",
  fault: {
    whole: "all subscriptions removed by Microsoft, three times under 1,500 messages",
    short: "all subscriptions removed by Microsoft under 200 messages",
  },
  keepsOrder: false,
  async run({ installation, sending, extent }) {
    const sent = sending.send(extent === "whole" ? 1_500 : 200, perSecond);
    await sending.begun();
    for (let time = 0; time < removals[extent]; time += 1) {
      removeSubscriptions(installation);
      await lasting(betweenRemovalsMs[extent]);
    }
    await sent;
  },
};

const removals: Readonly<Record<Extent, number>> = { whole: 3, short: 1 };
const betweenRemovalsMs: Readonly<Record<Extent, number>> = { whole: 3_000, short: 200 };

function removeSubscriptions({ tenant }: Installation): void {
  const { subscriptions, lifecycle } = tenant.tenant;
  for (const { id } of subscriptions.all) lifecycle.remove(id);
}

async function catchUpByCommand({ admin }: Installation): Promise<void> {
  const { id: adminId } = await admin.me();
  const { id: channelId } = await admin.directChannel(adminId, adminId);
  await admin.execute(channelId, "/msteams admin catch-up");
}
