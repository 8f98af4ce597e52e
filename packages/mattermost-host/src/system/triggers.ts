import { AppError } from "../app-error.ts";
import type { Clock } from "../clock.ts";
import type { NewId } from "../identity.ts";

/** As long as an integration may take to answer (ServiceSettings.OutgoingIntegrationRequestsTimeout). */
const triggerLifeMs = 30_000;

/** What a click or command gives to an integration, so that it can open a dialog before that person. */
export interface Trigger {
  /** What the client knows; the dialog comes back with it. */
  readonly clientTriggerId: string;
  readonly userId: string;
}

/** Trigger ids: proof towards OpenInteractiveDialog that a person has just done something (model.GenerateTriggerId). */
export class Triggers {
  readonly #clock: Clock;
  readonly #newId: NewId;
  readonly #issued = new Map<string, Trigger & { readonly until: number }>();

  constructor(clock: Clock, newId: NewId) {
    this.#clock = clock;
    this.#newId = newId;
  }

  /** The id for the integration, and the one for the client of the person who acted. */
  issue(userId: string): { readonly triggerId: string; readonly clientTriggerId: string } {
    const now = this.#clock.now();
    // Kept twice as long as they live: a late one is told apart from one that never was.
    for (const [id, { until }] of this.#issued) if (until + triggerLifeMs < now) this.#issued.delete(id);
    const [triggerId, clientTriggerId] = [this.#newId(), this.#newId()];
    this.#issued.set(triggerId, { clientTriggerId, userId, until: now + triggerLifeMs });
    return { triggerId, clientTriggerId };
  }

  verify(triggerId: string): Trigger {
    const trigger = this.#issued.get(triggerId);
    const where = "OpenInteractiveDialog";
    if (!trigger) {
      throw new AppError("interactive_message.decode_trigger_id.verify_signature_failed", { where });
    }
    if (trigger.until < this.#clock.now()) {
      throw new AppError("interactive_message.decode_trigger_id.expired", { where });
    }
    return trigger;
  }
}
