import type { Hono } from "hono";
import { z } from "zod";
import type { TenantControl } from "../../tenant-control.ts";
import { given } from "../given.ts";
import { subscriptionView } from "../views.ts";

const lifecycle = z.strictObject({ event: z.enum(["reauthorizationRequired", "missed"]) });

/** Subscriptions as the service sees them: look, remove, remind. */
export function addSubscriptionRoutes(app: Hono, tenant: TenantControl): void {
  const { subscriptions } = tenant;
  app.get("/subscriptions", (context) => context.json(subscriptions.all.map(subscriptionView)));
  app.delete("/subscriptions/:subscriptionId", (context) =>
    context.body(null, tenant.lifecycle.remove(context.req.param("subscriptionId")) ? 204 : 404),
  );
  app.post("/subscriptions/:subscriptionId/lifecycle", async (context) => {
    const { event } = given(lifecycle, await context.req.json());
    const subscription = subscriptions.get(context.req.param("subscriptionId"));
    if (subscription === undefined) return context.body(null, 404);
    tenant.lifecycle.notify(subscription, event);
    return context.body(null, 202);
  });
}
