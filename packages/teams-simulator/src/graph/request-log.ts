import { Announcements } from "../tenant/events.ts";

/** One request that the Graph listener answered; headers and bodies are not kept, they may hold tokens. */
export interface SeenRequest {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** The route of the coverage table, or null for an unknown one. */
  readonly route: string | null;
  /** Null when the connection was dropped without an answer. */
  readonly status: number | null;
  readonly elapsedMs: number;
  readonly clientId: string | null;
}

// Enough to look back over a long run by hand, small enough for one process's memory.
const keptRequests = 10_000;

/** The requests seen, oldest first; beyond 10,000 the oldest are forgotten. */
export class RequestLog {
  readonly events = new Announcements<SeenRequest>();
  #requests: SeenRequest[] = [];

  get all(): readonly SeenRequest[] {
    return this.#requests;
  }

  add(request: SeenRequest): void {
    this.#requests.push(request);
    if (this.#requests.length > keptRequests) this.#requests = this.#requests.slice(-keptRequests / 2);
    this.events.announce(request);
  }

  clear(): void {
    this.#requests = [];
  }
}
