import type { Randomness } from "../tenant/randomness.ts";
import {
  type GraphFault,
  type GraphFaultEffect,
  type NotificationFaults,
  noNotificationFaults,
} from "./fault.ts";

interface Armed {
  readonly id: string;
  readonly fault: GraphFault;
  readonly matches: (route: string) => boolean;
  remaining: number;
}

/** A fault that is in force; disposing it ends it. */
export interface ArmedFault extends Disposable {
  readonly id: string;
}

/** What goes wrong in the tenant at present, drawn from its own randomness so that a seed repeats a run. */
export class Faults {
  readonly #armed = new Map<string, Armed>();
  readonly #randomness: Randomness;
  #notifications: NotificationFaults = noNotificationFaults;

  constructor(randomness: Randomness) {
    this.#randomness = randomness;
  }

  get notifications(): NotificationFaults {
    return this.#notifications;
  }

  setNotifications(change: Partial<NotificationFaults>): void {
    this.#notifications = { ...this.#notifications, ...change };
  }

  get graph(): readonly { readonly id: string; readonly fault: GraphFault; readonly remaining: number }[] {
    return [...this.#armed.values()].map(({ id, fault, remaining }) => ({ id, fault, remaining }));
  }

  arm(fault: GraphFault): ArmedFault {
    const id = this.#randomness.guid();
    const matches = routePattern(fault.route);
    this.#armed.set(id, { id, fault, matches, remaining: fault.times ?? Number.POSITIVE_INFINITY });
    return { id, [Symbol.dispose]: () => void this.#armed.delete(id) };
  }

  disarm(id: string): boolean {
    return this.#armed.delete(id);
  }

  clear(): void {
    this.#armed.clear();
    this.#notifications = noNotificationFaults;
  }

  /** The effects that a request for `route` meets, in the order in which they were armed. */
  meet(route: string): readonly GraphFaultEffect[] {
    const met: GraphFaultEffect[] = [];
    for (const armed of this.#armed.values()) {
      if (!armed.matches(route) || !this.happens(armed.fault.share ?? 1)) continue;
      armed.remaining -= 1;
      if (armed.remaining <= 0) this.#armed.delete(armed.id);
      met.push(armed.fault);
    }
    return met;
  }

  /** Whether something that happens to `share` of all cases happens now. */
  happens(share: number): boolean {
    return share > 0 && (share >= 1 || this.#randomness.fraction() < share);
  }

  /** A whole number between 1 and `most`. */
  upTo(most: number): number {
    return 1 + Math.floor(this.#randomness.fraction() * most);
  }
}

function routePattern(pattern: string | undefined): (route: string) => boolean {
  if (pattern === undefined) return () => true;
  const source = pattern
    .split("*")
    .map((part) => part.replaceAll(/[.?+^$()[\]{}|\\]/g, "\\$&"))
    .join(".*");
  const expression = new RegExp(`^${source}$`);
  return (route) => expression.test(route);
}
