import type { Clock } from "../tenant/clock.ts";
import type { Tenant } from "../tenant/tenant.ts";
import type { ValidationTokenIssuer } from "../tenant/tokens.ts";
import { CarriedTokens } from "./carried-tokens.ts";
import type { Deliveries } from "./delivery-event.ts";
import { EndpointHealth, penaltyMs } from "./endpoint-health.ts";
import { envelope, type Parcel } from "./envelope.ts";
import { type PostOutcome, post } from "./post.ts";
import type { Workload } from "./workload.ts";

// "2xx within 3 s = delivered"; retries get 10 s and go on for 4 hours (section 3).
const firstLimitMs = 3_000;
const retryLimitMs = 10_000;
export const retriesEndAfterMs = 4 * 3_600_000;
// Graph documents exponential backoff without figures; doubling from here gives about 11 attempts in 4 hours.
const firstRetryMs = 10_000;

/** How notifications are grouped and how many POSTs one endpoint sees at a time. */
export interface OutboxSettings {
  validationTokenVersion: "1.0" | "2.0";
  /** POSTs under way at once to one URL; changes of one chat stay in one lane and so in order. */
  lanes: number;
  maxItemsPerPost: number;
  /** For how long POSTs carry the same validation token; 0 makes one for each. */
  validationTokenLastsMs: number;
}

export const defaultOutboxSettings: OutboxSettings = {
  validationTokenVersion: "2.0",
  lanes: 4,
  maxItemsPerPost: 50,
  validationTokenLastsMs: 0,
};

export interface OutboxParts {
  readonly tenant: Tenant;
  readonly issuer: ValidationTokenIssuer;
  readonly deliveries: Deliveries;
  readonly workload: Workload;
  readonly settings: OutboxSettings;
}

interface Lane {
  readonly queue: Parcel[];
  busy: boolean;
}

/** Sends parcels by the delivery contract of section 3: 3 s, retries, slow and drop states per URL. */
export class Outbox implements AsyncDisposable {
  readonly #parts: OutboxParts;
  readonly #clock: Clock;
  readonly #lanes = new Map<string, Lane>();
  readonly #health = new Map<string, EndpointHealth>();
  readonly #tokens: CarriedTokens;
  readonly #stop = new AbortController();

  constructor(parts: OutboxParts) {
    this.#parts = parts;
    this.#clock = parts.tenant.clock;
    this.#tokens = new CarriedTokens(parts.issuer, this.#clock, () => parts.settings.validationTokenLastsMs);
  }

  /** Aborted once the tenant stops. */
  get stopping(): AbortSignal {
    return this.#stop.signal;
  }

  /** Takes a parcel by the state of its endpoint: sends, postpones or discards it. */
  accept(parcel: Parcel): void {
    const now = this.#clock.now();
    const about = { at: now, url: parcel.url, subjects: [parcel.subject] };
    switch (this.#healthOf(parcel.url).state(now)) {
      case "drop":
        this.#parts.deliveries.announce({ ...about, kind: "discarded", reason: "dropState" });
        return;
      case "slow":
        this.#parts.deliveries.announce({
          ...about,
          kind: "postponed",
          reason: "slowState",
          until: now + penaltyMs,
        });
        this.later(penaltyMs, () => this.#enqueue(parcel));
        return;
      case "normal":
        this.#enqueue(parcel);
    }
  }

  /** Runs `act` after a time in which the outbox counts as waiting. */
  later(delayMs: number, act: () => void): void {
    this.#parts.workload.beginWaiting();
    this.#clock.after(delayMs, () => {
      act();
      this.#parts.workload.endWaiting();
    });
  }

  /** Gives up what is queued or under way, and resolves when the last POST has ended. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#parts.workload.settled();
  }

  #enqueue(parcel: Parcel): void {
    if (this.#stop.signal.aborted) return;
    const key = `${parcel.url} ${laneOf(parcel.orderKey, this.#parts.settings.lanes)}`;
    const lane = this.#lanes.get(key) ?? { queue: [], busy: false };
    this.#lanes.set(key, lane);
    lane.queue.push(parcel);
    if (lane.busy) return;
    lane.busy = true;
    this.#parts.workload.begin();
    // What happens in the same turn travels in one POST.
    setImmediate(() => void this.#empty(key, lane));
  }

  async #empty(key: string, lane: Lane): Promise<void> {
    while (lane.queue.length > 0 && !this.#stop.signal.aborted) {
      await this.#attempt(lane.queue.splice(0, this.#parts.settings.maxItemsPerPost), 1, this.#newId());
    }
    this.#lanes.delete(key);
    this.#parts.workload.end();
  }

  async #attempt(parcels: readonly Parcel[], attempt: number, deliveryId: string): Promise<void> {
    const { deliveries, settings, tenant } = this.#parts;
    const url = parcels[0]?.url ?? "";
    const step = () => ({
      at: this.#clock.now(),
      url,
      subjects: parcels.map(({ subject }) => subject),
      deliveryId,
      attempt,
    });
    const body = await envelope(parcels, settings.validationTokenVersion, this.#tokens, tenant.directory);
    deliveries.announce({ ...step(), kind: "attempted" });
    const content = { contentType: "application/json; charset=utf-8", body };
    const limitMs = attempt === 1 ? firstLimitMs : retryLimitMs;
    const outcome = await post(url, content, { clock: this.#clock, limitMs, stop: this.#stop.signal });
    if (this.#stop.signal.aborted) return;
    const { elapsedMs } = outcome;
    if (outcome.kind !== "unreachable") this.#healthOf(url).record(this.#clock.now(), elapsedMs);
    if (outcome.kind === "answered" && outcome.status >= 200 && outcome.status < 300) {
      deliveries.announce({ ...step(), kind: "delivered", status: outcome.status, elapsedMs });
      return;
    }
    const backoffMs = firstRetryMs * 2 ** (attempt - 1);
    const queuedAt = Math.min(...parcels.map((parcel) => parcel.queuedAt));
    const retryAt = this.#clock.now() + backoffMs;
    const again = retryAt <= queuedAt + retriesEndAfterMs;
    deliveries.announce({ ...step(), ...failure(outcome), kind: "failed", retryAt: again ? retryAt : null });
    if (again) this.later(backoffMs, () => void this.#retry(parcels, attempt + 1, deliveryId));
    else deliveries.announce({ ...step(), kind: "discarded", reason: "retriesEnded" });
  }

  async #retry(parcels: readonly Parcel[], attempt: number, deliveryId: string): Promise<void> {
    this.#parts.workload.begin();
    await this.#attempt(parcels, attempt, deliveryId);
    this.#parts.workload.end();
  }

  #newId(): string {
    return this.#parts.tenant.randomness.guid();
  }

  #healthOf(url: string): EndpointHealth {
    const health = this.#health.get(url) ?? new EndpointHealth();
    this.#health.set(url, health);
    return health;
  }
}

function failure(outcome: PostOutcome) {
  const { kind, elapsedMs } = outcome;
  if (kind === "answered") return { reason: "status" as const, status: outcome.status, elapsedMs };
  return { reason: kind, status: null, elapsedMs };
}

function laneOf(orderKey: string, lanes: number): number {
  let hash = 0;
  for (const character of orderKey) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
  return hash % lanes;
}
