import type { Trial } from "../trial.ts";
import { joinedBursts } from "./bursts.ts";
import { changesUnderFaults } from "./changes.ts";
import { databaseOutage } from "./database-outage.ts";
import { graphThrottled, graphUnreachable } from "./graph-trouble.ts";
import { heldMessages } from "./held.ts";
import { killedProcesses } from "./killed-processes.ts";
import { lostNode } from "./lost-node.ts";
import { neverDelivered, subscriptionsRemoved } from "./lost-notifications.ts";
import { repeatedAndMixed } from "./notification-trouble.ts";
import { postingTrouble } from "./posting-trouble.ts";
import { wrongClocks } from "./wrong-clocks.ts";

export const trials: readonly Trial[] = [
  killedProcesses,
  lostNode,
  databaseOutage,
  graphUnreachable,
  graphThrottled,
  repeatedAndMixed,
  changesUnderFaults,
  joinedBursts,
  neverDelivered,
  subscriptionsRemoved,
  postingTrouble,
  wrongClocks,
  // Last: it moves Microsoft's clock by minutes, for whose messages nobody would read again so far ahead.
  heldMessages,
];
