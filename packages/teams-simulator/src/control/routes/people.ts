import type { Hono } from "hono";
import { z } from "zod";
import type { TenantControl } from "../../tenant-control.ts";
import { given } from "../given.ts";
import { appView, userView } from "../views.ts";

const newUser = z.strictObject({
  id: z.guid().optional(),
  displayName: z.string().min(1),
  givenName: z.string().nullable().optional(),
  surname: z.string().nullable().optional(),
  userPrincipalName: z.string().optional(),
  mail: z.string().nullable().optional(),
  userType: z.enum(["Member", "Guest"]).optional(),
  accountEnabled: z.boolean().optional(),
  password: z.string().optional(),
  mailDomainVerified: z.boolean().optional(),
  homeIdentityProvider: z.string().optional(),
});
const userChange = z.strictObject({
  displayName: z.string().min(1).optional(),
  mail: z.string().nullable().optional(),
  accountEnabled: z.boolean().optional(),
  mailDomainVerified: z.boolean().optional(),
});
const newApp = z.strictObject({
  clientId: z.guid().optional(),
  displayName: z.string().optional(),
  secrets: z.array(z.strictObject({ value: z.string(), expiresAt: z.number() })).optional(),
  certificates: z.array(z.strictObject({ pem: z.string() })).optional(),
  redirectUris: z.array(z.url()).optional(),
  grantedApplicationRoles: z.array(z.string()).optional(),
  grantedDelegatedScopes: z.array(z.string()).optional(),
  appRoleAssignmentRequired: z.boolean().optional(),
  enabled: z.boolean().optional(),
});
const presence = z.strictObject({
  availability: z.string().min(1),
  activity: z.string().min(1).optional(),
  isOutOfOffice: z.boolean().optional(),
  outOfOfficeMessage: z.string().optional(),
});

/** People, their presence, and app registrations. */
export function addPeopleRoutes(app: Hono, tenant: TenantControl): void {
  const { directory, presences } = tenant;
  app.get("/users", (context) =>
    context.json(directory.users.map((user) => userView(user, presences.of(user.id)))),
  );
  app.post("/users", async (context) => {
    const user = directory.addUser(given(newUser, await context.req.json()));
    return context.json(userView(user, presences.of(user.id)), 201);
  });
  app.patch("/users/:userId", async (context) => {
    const user = directory.user(context.req.param("userId"));
    Object.assign(user, given(userChange, await context.req.json()));
    return context.json(userView(user, presences.of(user.id)));
  });
  app.put("/users/:userId/presence", async (context) => {
    const user = directory.user(context.req.param("userId"));
    return context.json(presences.set(user.id, given(presence, await context.req.json())));
  });
  app.get("/apps", (context) => context.json(directory.apps.map(appView)));
  app.post("/apps", async (context) =>
    context.json(appView(directory.addApp(given(newApp, await context.req.json()))), 201),
  );
  app.post("/apps/:clientId/revoke-consent", (context) => {
    tenant.lifecycle.revokeConsent(context.req.param("clientId"));
    return context.body(null, 204);
  });
  app.post("/tokens/:subjectId/revoke", (context) => {
    tenant.identity.revokeTokens(context.req.param("subjectId"));
    return context.body(null, 204);
  });
}
