import type { SnoozeAnswer, Snoozing } from "@msteams-notifications/server/contract";
import type { React as UsedReact } from "../react.ts";
import { snoozeSection } from "../snooze.ts";
import { Listeners, mount } from "./mount.ts";

/** What a test page hands to the section, and reads of it. */
interface TestPage {
  readonly React: UsedReact;
  snoozed: SnoozeAnswer["snooze"];
  readonly asked: Snoozing[];
  failure: string | undefined;
  listeners: number;
  changed(): void;
  unmount(): void;
}

const test = window as unknown as TestPage;
const listeners = new Listeners((count) => {
  test.listeners = count;
});

const { component } = snoozeSection({
  react: test.React,
  snoozed: async () => test.snoozed,
  async snooze(snoozing) {
    test.asked.push(snoozing);
    if (test.failure !== undefined) throw new Error(test.failure);
    test.snoozed = snoozing.until === "off" ? {} : { until: "21:45" };
    return test.snoozed;
  },
  onChange: listeners.add,
});

test.unmount = mount(component);
test.changed = listeners.changed;
