import { quoteOf } from "./rendering.ts";

/** What the quote shows of a card of this kind, the last part of its content type. */
export function cardOf(kind: string, content: unknown, name?: string): string {
  const contentType = `application/vnd.microsoft.card.${kind}`;
  return quoteOf("", { attachments: [{ id: "1", contentType, content: JSON.stringify(content), name }] });
}
