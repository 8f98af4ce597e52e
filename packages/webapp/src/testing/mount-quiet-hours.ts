import type { QuietAnswer, QuietChoosing } from "@msteams-notifications/server/contract";
import { quietHoursSection } from "../quiet-hours.ts";
import type { React as UsedReact } from "../react.ts";
import { Listeners, mount } from "./mount.ts";

/** What a test page hands to the section, and reads of it. */
interface TestPage {
  readonly React: UsedReact;
  quiet: QuietAnswer["quiet"];
  readonly asked: QuietChoosing[];
  failure: string | undefined;
  listeners: number;
  changed(): void;
  unmount(): void;
}

const test = window as unknown as TestPage;
const listeners = new Listeners((count) => {
  test.listeners = count;
});

const { component } = quietHoursSection({
  react: test.React,
  quietHours: async () => test.quiet,
  async chooseQuietHours(choosing) {
    test.asked.push(choosing);
    if (test.failure !== undefined) throw new Error(test.failure);
    test.quiet = { hours: choosing.hours.toLowerCase() };
    return test.quiet;
  },
  onChange: listeners.add,
});

test.unmount = mount(component);
test.changed = listeners.changed;
