import type { Hono } from "hono";
import { z } from "zod";
import { entraCases } from "../../identity/entra-cases.ts";
import type { TenantControl } from "../../tenant-control.ts";
import { given } from "../given.ts";

const share = z.number().min(0).max(1);
const where = {
  route: z.string().optional(),
  share: share.optional(),
  times: z.number().int().positive().optional(),
};
const graphFault = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("latency"), ms: z.number().min(0), ...where }),
  z.strictObject({ kind: z.literal("throttled"), retryAfterSeconds: z.number().min(0).optional(), ...where }),
  z.strictObject({ kind: z.literal("status"), status: z.literal([500, 502, 503, 504]), ...where }),
  z.strictObject({ kind: z.literal("reset"), ...where }),
  z.strictObject({ kind: z.literal("unauthorized"), reason: z.enum(["expired", "revoked"]), ...where }),
  z.strictObject({ kind: z.literal("forbidden"), reason: z.enum(["consentLost", "protectedApi"]), ...where }),
]);
const notificationFaults = z.strictObject({
  lostShare: share.optional(),
  duplicatedShare: share.optional(),
  copiesMax: z.number().int().min(2).optional(),
  reorderedShare: share.optional(),
  delayedShare: share.optional(),
  delayMs: z.number().min(0).optional(),
});
const identityFault = z.strictObject({
  at: z.enum(["discovery", "keys", "authorize", "sign-in", "token"]),
  case: z.custom<keyof typeof entraCases>(
    (name) => typeof name === "string" && Object.hasOwn(entraCases, name),
  ),
  clientId: z.string().optional(),
  userId: z.string().optional(),
  grantType: z.string().optional(),
  times: z.number().int().positive().optional(),
});

/** What goes wrong: faults of Graph, of notifications and of sign-in. */
export function addFaultRoutes(app: Hono, tenant: TenantControl): void {
  const { faults, identity } = tenant;
  app.get("/faults", (context) =>
    context.json({
      graph: faults.graph,
      notifications: faults.notifications,
      identity: identity.faults.active,
    }),
  );
  app.delete("/faults", (context) => {
    faults.clear();
    identity.faults.clear();
    return context.body(null, 204);
  });
  app.post("/faults/graph", async (context) => {
    const { id } = faults.arm(given(graphFault, await context.req.json()));
    return context.json({ id }, 201);
  });
  app.delete("/faults/graph/:faultId", (context) =>
    context.body(null, faults.disarm(context.req.param("faultId")) ? 204 : 404),
  );
  app.put("/faults/notifications", async (context) => {
    faults.setNotifications(given(notificationFaults, await context.req.json()));
    return context.json(faults.notifications);
  });
  app.post("/faults/identity", async (context) => {
    identity.faults.add(given(identityFault, await context.req.json()));
    return context.json(identity.faults.active, 201);
  });
}
