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

export interface GraphSubscriptions {
  create(subscription: NewGraphSubscription): Promise<GraphSubscription>;
  renew(id: string, expiresAtMs: number): Promise<GraphSubscription>;
  /** Succeeds when the subscription is already gone. */
  remove(id: string): Promise<void>;
  /** All subscriptions of this application in the tenant. */
  list(): Promise<readonly GraphSubscription[]>;
}
