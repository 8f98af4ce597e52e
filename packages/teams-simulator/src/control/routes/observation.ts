import type { Hono } from "hono";
import { z } from "zod";
import type { TenantControl } from "../../tenant-control.ts";
import { given } from "../given.ts";

// A year: beyond it every token, secret and subscription of the tenant has ended anyway.
const longestAdvanceMs = 366 * 86_400_000;
const advance = z.strictObject({ ms: z.number().int().min(0).max(longestAdvanceMs) });

/** Where the tenant's other listeners are, without trailing slashes. */
export interface TenantAddresses {
  readonly loginUrl: string;
  readonly graphUrl: string;
  readonly teamsUrl: string;
}

/** The tenant's addresses and clock, and what it saw and sent. */
export function addObservationRoutes(app: Hono, tenant: TenantControl, addresses: TenantAddresses): void {
  app.get("/", (context) => context.json({ tenantId: tenant.id, now: tenant.clock.now(), ...addresses }));
  app.post("/clock/advance", async (context) => {
    await tenant.clock.advance(given(advance, await context.req.json()).ms);
    return context.json({ now: tenant.clock.now() });
  });
  app.get("/requests", (context) => context.json(tenant.requests.all));
  app.delete("/requests", (context) => {
    tenant.requests.clear();
    return context.body(null, 204);
  });
  app.get("/deliveries", (context) => context.json(tenant.deliveries.history));
  app.post("/settled", async (context) => {
    await tenant.settled();
    return context.body(null, 204);
  });
}
