import type { Hono } from "hono";
import { z } from "zod";
import type { TenantControl } from "../../tenant-control.ts";
import { given } from "../given.ts";
import { chatView } from "../views.ts";

const newChat = z.strictObject({
  chatType: z.enum(["oneOnOne", "group", "meeting"]),
  memberIds: z.array(z.string()),
  topic: z.string().optional(),
});
const topic = z.strictObject({ topic: z.string().nullable(), byUserId: z.string().nullable().optional() });
const membership = z.strictObject({ userId: z.string(), byUserId: z.string().nullable().optional() });

/** Chats and who is in them. */
export function addChatRoutes(app: Hono, tenant: TenantControl): void {
  const { conversations } = tenant;
  app.get("/chats", (context) => context.json(conversations.all.map(chatView)));
  app.post("/chats", async (context) =>
    context.json(chatView(conversations.create(given(newChat, await context.req.json()))), 201),
  );
  app.get("/chats/:chatId", (context) =>
    context.json(chatView(conversations.chat(context.req.param("chatId")))),
  );
  app.patch("/chats/:chatId", async (context) => {
    const change = given(topic, await context.req.json());
    const chatId = context.req.param("chatId");
    conversations.rename(chatId, change.topic, change.byUserId ?? null);
    return context.json(chatView(conversations.chat(chatId)));
  });
  app.post("/chats/:chatId/members", async (context) => {
    const { userId, byUserId } = given(membership, await context.req.json());
    const chatId = context.req.param("chatId");
    conversations.addMember(chatId, userId, byUserId ?? null);
    return context.json(chatView(conversations.chat(chatId)), 201);
  });
  app.delete("/chats/:chatId/members/:userId", (context) => {
    conversations.removeMember(context.req.param("chatId"), context.req.param("userId"));
    return context.body(null, 204);
  });
}
