import { type Context, Hono } from "hono";
import type { Tenant } from "../tenant/tenant.ts";
import { chatPage, missingPage, newChatPage } from "./page.ts";

// Message bodies are shown as they are; nothing in them may run or load anything.
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** Where deep links lead (section 8): a page that shows the chat and marks the message. */
export function createTeamsWeb(tenant: Tenant): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    await next();
    context.header("content-security-policy", policy);
  });
  const chat = (context: Context): Response | Promise<Response> => {
    const chatId = context.req.param("chatId") ?? "";
    const messageId = context.req.param("messageId") ?? null;
    const found = tenant.conversations.find(chatId);
    if (found === undefined) return context.html(missingPage(`There is no chat ${chatId}.`), 404);
    if (messageId !== null && !found.messages.some((message) => message.id === messageId)) {
      return context.html(missingPage(`There is no message ${messageId} in this chat.`), 404);
    }
    return context.html(chatPage(found, messageId));
  };
  app.get("/l/message/:chatId/:messageId", chat);
  app.get("/l/chat/:chatId/conversations", chat);
  app.get("/l/chat/0/0", (context) => context.html(newChatPage(context.req.query("users") ?? "nobody")));
  app.get("/l/chat/:chatId/0", chat);
  app.notFound((context) =>
    context.html(missingPage(`The simulated Teams has no page ${context.req.path}.`), 501),
  );
  return app;
}
