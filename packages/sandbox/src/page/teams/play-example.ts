import type { Act, Example, Said, Scene } from "../examples/example.ts";
import { request } from "../http.ts";
import { base64 } from "./chosen-file.ts";
import { tenant } from "./tenant-client.ts";

/** Does in the tenant what the example says, one act after the other. */
export async function playExample(example: Example, scene: Scene): Promise<void> {
  let messageId = "";
  for (const act of example.acts(scene)) messageId = await play(act, scene, messageId);
}

/** The id of the message that was sent or changed. */
async function play(act: Act, { chatId, sender, reader }: Scene, messageId: string): Promise<string> {
  const from = { userId: sender.id };
  switch (act.kind) {
    case "send": {
      const { kind: _, ...said } = act;
      return (await tenant.post(chatId, { from, ...(await withPictures(said)) })).id;
    }
    case "reply": {
      const asked = await tenant.post(chatId, { from: { userId: reader.id }, html: act.to });
      return (await tenant.post(chatId, { from, html: act.html, replyTo: asked.id })).id;
    }
    case "edit":
      await arrival(messageId);
      await tenant.edit(chatId, messageId, act.html);
      return messageId;
    case "delete":
      await arrival(messageId);
      await tenant.remove(chatId, messageId);
      return messageId;
  }
}

async function withPictures({ pictures, ...said }: Said): Promise<Readonly<Record<string, unknown>>> {
  if (pictures === undefined) return { ...said };
  const hostedContents = pictures.map(async ({ id, address }) => {
    const bytes = await (await fetch(address)).arrayBuffer();
    return { id, contentType: "image/png", bytesBase64: base64(new Uint8Array(bytes)) };
  });
  return { ...said, hostedContents: await Promise.all(hostedContents) };
}

/** In a chat that nobody connected reads, nothing arrives; a visitor should see the change all the same. */
const patienceMs = 5_000;
const intervalMs = 200;

/** Resolves when the message has its outcome: what changes before may arrive as it was changed. */
async function arrival(messageId: string): Promise<void> {
  const giveUpAt = Date.now() + patienceMs;
  while (Date.now() < giveUpAt) {
    const { deliveries } = await request<{ deliveries: readonly Delivery[] }>("GET", "/timeline");
    if (deliveries.some((each) => each.messageId === messageId && each.outcome.kind !== "posting")) return;
    await new Promise((resolve) => setTimeout(resolve, intervalMs));
  }
}

interface Delivery {
  readonly messageId: string;
  readonly outcome: { readonly kind: string };
}
