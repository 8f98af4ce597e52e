import type { EntraCase } from "./entra-cases.ts";
import { EntraError } from "./entra-error.ts";

/** Where a fault strikes: `sign-in` after the person chose an account, the others when the endpoint is asked. */
export type FaultPlace = "discovery" | "keys" | "authorize" | "sign-in" | "token";

/** A refusal to be given although nothing is wrong; without `clientId`, `userId`, `grantType` it strikes everyone. */
export interface IdentityFault {
  readonly at: FaultPlace;
  readonly case: EntraCase;
  readonly clientId?: string;
  readonly userId?: string;
  readonly grantType?: string;
  /** Strikes that often and is gone; without it, until it is disposed. */
  readonly times?: number;
}

export interface FaultSubject {
  readonly clientId?: string | undefined;
  readonly userId?: string | undefined;
  readonly grantType?: string | undefined;
}

const matches = (wanted: string | undefined, actual: string | undefined): boolean =>
  wanted === undefined || wanted === actual;

/** The faults set for the identity endpoints, oldest first. */
export class IdentityFaults {
  readonly #faults = new Map<symbol, { readonly fault: IdentityFault; left: number }>();

  add(fault: IdentityFault): Disposable {
    const key = Symbol();
    this.#faults.set(key, { fault, left: fault.times ?? Number.POSITIVE_INFINITY });
    return { [Symbol.dispose]: () => void this.#faults.delete(key) };
  }

  clear(): void {
    this.#faults.clear();
  }

  get active(): readonly IdentityFault[] {
    return [...this.#faults.values()].map(({ fault }) => fault);
  }

  /** Throws the {@link EntraError} of the first fault that strikes here. */
  strike(at: FaultPlace, subject: FaultSubject = {}): void {
    for (const [key, entry] of this.#faults) {
      const { fault } = entry;
      const struck =
        fault.at === at &&
        matches(fault.clientId, subject.clientId) &&
        matches(fault.userId, subject.userId) &&
        matches(fault.grantType, subject.grantType);
      if (!struck) continue;
      entry.left -= 1;
      if (entry.left <= 0) this.#faults.delete(key);
      throw new EntraError(fault.case);
    }
  }
}
