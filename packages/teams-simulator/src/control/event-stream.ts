import type { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import type { TenantControl } from "../tenant-control.ts";
import { eventView, subscriptionView } from "./views.ts";

/** `GET /events`: server-sent events named `tenant`, `subscription`, `request` and `delivery`, as they happen. */
export function addEventStream(app: Hono, tenant: TenantControl): void {
  app.get("/events", (context) =>
    streamSSE(context, async (stream) => {
      let id = 0;
      const send = (event: string, shown: unknown): void => {
        id += 1;
        void stream.writeSSE({ event, id: String(id), data: JSON.stringify(shown) });
      };
      const listening = [
        tenant.events.listen((event) => send("tenant", eventView(event))),
        tenant.subscriptions.events.listen(({ kind, subscription }) =>
          send("subscription", { kind, subscription: subscriptionView(subscription) }),
        ),
        tenant.requests.events.listen((request) => send("request", request)),
        tenant.deliveries.listen((event) => send("delivery", event)),
      ];
      send("ready", { tenantId: tenant.id });
      await new Promise<void>((resolve) => stream.onAbort(resolve));
      for (const one of listening) one[Symbol.dispose]();
    }),
  );
}
