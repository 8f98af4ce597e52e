import type { Hono } from "hono";
import { z } from "zod";
import type { TenantControl } from "../../tenant-control.ts";
import { given } from "../given.ts";
import { messageView } from "../views.ts";

const sender = z.union([
  z.strictObject({ userId: z.string(), displayName: z.null().optional() }),
  z.strictObject({
    kind: z.literal("user"),
    id: z.string(),
    displayName: z.string().nullable(),
    userIdentityType: z.enum([
      "aadUser",
      "onPremiseAadUser",
      "anonymousGuest",
      "federatedUser",
      "personalMicrosoftAccountUser",
      "skypeUser",
      "phoneUser",
      "emailUser",
    ]),
    tenantId: z.string().nullable(),
  }),
  z.strictObject({
    kind: z.literal("application"),
    id: z.string(),
    displayName: z.string().nullable(),
    applicationIdentityType: z.enum([
      "aadApplication",
      "bot",
      "tenantBot",
      "office365Connector",
      "outgoingWebhook",
    ]),
  }),
  z.null(),
]);
const mention = z.strictObject({
  id: z.number().int(),
  mentionText: z.string(),
  mentioned: z.strictObject({
    kind: z.enum(["user", "application", "conversation", "tag"]),
    id: z.string(),
    displayName: z.string(),
  }),
});
const attachment = z.strictObject({
  id: z.string().optional(),
  contentType: z.string().optional(),
  contentUrl: z.string().nullable().optional(),
  content: z.string().nullable().optional(),
  name: z.string().nullable().optional(),
  thumbnailUrl: z.string().nullable().optional(),
  teamsAppId: z.string().nullable().optional(),
});
const newMessage = z.strictObject({
  from: sender,
  text: z.string().optional(),
  html: z.string().optional(),
  subject: z.string().optional(),
  importance: z.enum(["normal", "high", "urgent"]).optional(),
  mentions: z.array(mention).optional(),
  attachments: z.array(attachment).optional(),
  hostedContents: z
    .array(z.strictObject({ id: z.string(), contentType: z.string(), bytesBase64: z.base64() }))
    .optional(),
  files: z
    .array(z.strictObject({ name: z.string().min(1), contentType: z.string(), bytesBase64: z.base64() }))
    .optional(),
  replyTo: z.string().optional(),
});
const edit = z.strictObject({ text: z.string().optional(), html: z.string().optional() });
const reaction = z.strictObject({ userId: z.string(), reactionType: z.string().min(1) });

const decoded = <Given extends { readonly bytesBase64: string }>({ bytesBase64, ...rest }: Given) => ({
  ...rest,
  bytes: Buffer.from(bytesBase64, "base64"),
});

/** What people do in chats; bytes of pictures and files travel as base64. */
export function addMessageRoutes(app: Hono, tenant: TenantControl): void {
  const { conversations } = tenant;
  app.get("/chats/:chatId/messages", (context) =>
    context.json(conversations.chat(context.req.param("chatId")).messages.map(messageView)),
  );
  app.post("/chats/:chatId/messages", async (context) => {
    const { hostedContents, files, attachments, ...message } = given(newMessage, await context.req.json());
    const sent = conversations.send(context.req.param("chatId"), {
      ...message,
      attachments: (attachments ?? []).map((one) => given(attachment, one)),
      hostedContents: (hostedContents ?? []).map(decoded),
      files: (files ?? []).map(decoded),
    });
    return context.json(messageView(sent), 201);
  });
  app.patch("/chats/:chatId/messages/:messageId", async (context) => {
    const { chatId, messageId } = context.req.param();
    return context.json(
      messageView(conversations.edit(chatId, messageId, given(edit, await context.req.json()))),
    );
  });
  app.delete("/chats/:chatId/messages/:messageId", (context) => {
    const { chatId, messageId } = context.req.param();
    return context.json(messageView(conversations.delete(chatId, messageId)));
  });
  app.post("/chats/:chatId/messages/:messageId/undelete", (context) => {
    const { chatId, messageId } = context.req.param();
    return context.json(messageView(conversations.undelete(chatId, messageId)));
  });
  app.post("/chats/:chatId/messages/:messageId/reactions", async (context) => {
    const { chatId, messageId } = context.req.param();
    const { userId, reactionType } = given(reaction, await context.req.json());
    return context.json(messageView(conversations.react(chatId, messageId, userId, reactionType)));
  });
}
