import { z } from "zod";
import { GraphError } from "../../application/graph/graph-error.ts";
import type {
  GraphSubscription,
  GraphSubscriptions,
  NewGraphSubscription,
} from "../../application/graph/graph-subscriptions.ts";
import type { RequestTurn } from "../../application/graph/request-turn.ts";
import { checkedAnswer, pathOfNextLink } from "./answer.ts";
import type { GraphClient } from "./client.ts";

const subscriptionAnswer = z.object({
  id: z.string().min(1),
  resource: z.string(),
  changeType: z.string().nullish(),
  expirationDateTime: z.string(),
  notificationUrl: z.string().nullish(),
});
const subscriptionsPage = z.object({
  value: z.array(subscriptionAnswer),
  "@odata.nextLink": z.string().optional(),
});

/**
 * A subscription is authorised no longer than the token it was made or renewed with, and Graph asks for the next a quarter of
 * an hour before. The longer a token still lives, the fewer renewals: Entra gives 60 to 90 minutes (facts, section 1), so that
 * one of at least 50 is never more than a token request in ten minutes, and saves a fifth of the renewals that half an hour
 * would need.
 */
const tokenLifeMs = 50 * 60_000;

/** Graph's `/subscriptions` routes (facts, section 3). */
export class GraphSubscriptionRoutes implements GraphSubscriptions {
  readonly #client: GraphClient;

  constructor(client: GraphClient) {
    this.#client = client;
  }

  async create(subscription: NewGraphSubscription, turn: RequestTurn): Promise<GraphSubscription> {
    const answer = await this.#client.request({
      method: "POST",
      path: "/subscriptions",
      tokenLifeMs,
      turn,
      // Without it system events arrive as an unknown kind of message.
      headers: { prefer: "include-unknown-enum-members" },
      body: {
        changeType: subscription.changeType,
        resource: subscription.resource,
        notificationUrl: subscription.notificationUrl,
        lifecycleNotificationUrl: subscription.lifecycleNotificationUrl,
        clientState: subscription.clientState,
        expirationDateTime: new Date(subscription.expiresAtMs).toISOString(),
        includeResourceData: true,
        encryptionCertificate: subscription.encryptionCertificate,
        encryptionCertificateId: subscription.encryptionCertificateId,
      },
    });
    return toSubscription(checkedAnswer(subscriptionAnswer, answer, "a subscription"));
  }

  async renew(id: string, expiresAtMs: number, turn: RequestTurn): Promise<GraphSubscription> {
    const answer = await this.#client.request({
      method: "PATCH",
      path: `/subscriptions/${encodeURIComponent(id)}`,
      tokenLifeMs,
      turn,
      body: { expirationDateTime: new Date(expiresAtMs).toISOString() },
    });
    return toSubscription(checkedAnswer(subscriptionAnswer, answer, "a subscription"));
  }

  async remove(id: string, turn: RequestTurn): Promise<void> {
    try {
      const path = `/subscriptions/${encodeURIComponent(id)}`;
      await this.#client.request({ method: "DELETE", path, turn });
    } catch (error) {
      if (!(error instanceof GraphError && error.code === "not-found")) throw error;
    }
  }

  async list(turn: RequestTurn): Promise<readonly GraphSubscription[]> {
    const found: GraphSubscription[] = [];
    for (let path: string | undefined = "/subscriptions"; path !== undefined; ) {
      const page: z.infer<typeof subscriptionsPage> = checkedAnswer(
        subscriptionsPage,
        await this.#client.request({ method: "GET", path, turn }),
        "subscriptions",
      );
      found.push(...page.value.map(toSubscription));
      path = pathOfNextLink(page["@odata.nextLink"]);
    }
    return found;
  }
}

function toSubscription(answer: z.infer<typeof subscriptionAnswer>): GraphSubscription {
  const expiresAtMs = Date.parse(answer.expirationDateTime);
  if (Number.isNaN(expiresAtMs))
    throw new GraphError("unexpected", "Microsoft Graph named an expiry that is not a time.");
  const { id, resource, changeType, notificationUrl } = answer;
  return {
    id,
    resource,
    expiresAtMs,
    ...(changeType == null ? {} : { changeType }),
    ...(notificationUrl == null ? {} : { notificationUrl }),
  };
}
