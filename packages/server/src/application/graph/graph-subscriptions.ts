import type { RequestTurn } from "./request-turn.ts";

export interface GraphSubscription {
  readonly id: string;
  readonly resource: string;
  /** A comma list in Graph's own order and casing; absent when Graph did not say. */
  readonly changeType?: string | undefined;
  readonly expiresAtMs: number;
  /** Tells our own subscriptions from those another installation of the same app registration made. */
  readonly notificationUrl?: string | undefined;
}

export interface NewGraphSubscription {
  readonly resource: string;
  readonly changeType: string;
  readonly notificationUrl: string;
  readonly lifecycleNotificationUrl: string;
  readonly clientState: string;
  readonly expiresAtMs: number;
  readonly encryptionCertificate: string;
  readonly encryptionCertificateId: string;
}

/** All throw {@link GraphError}; `throttled` when there was no turn for the request within the time that its `turn` has. */
export interface GraphSubscriptions {
  create(subscription: NewGraphSubscription, turn: RequestTurn): Promise<GraphSubscription>;
  renew(id: string, expiresAtMs: number, turn: RequestTurn): Promise<GraphSubscription>;
  /** Succeeds when the subscription is already gone. */
  remove(id: string, turn: RequestTurn): Promise<void>;
  /** All subscriptions of this application in the tenant, a hundred or so in a request. */
  list(turn: RequestTurn): Promise<readonly GraphSubscription[]>;
}
