import type { Office } from "./office.ts";

/** So many are sent before one looks whether the inbox is full. */
const handful = 2_000;
/** Far above what may wait, so that it is reached whatever it is. */
const mostMessages = 200_000;
const itemsPerPost = 50;
/** Filling takes seconds; a plugin that takes no more has another trouble. */
const answerLimitMs = 60_000;

/**
 * Fills the inbox as it fills in earnest: somebody is written to faster than Mattermost takes their posts, and behind the
 * first that fails the others wait. Resolves once the plugin refuses more. Disposing lets posts through again and ends the
 * person's connection, so that what waits for them is worth nothing any more.
 */
export async function fillInbox(office: Office): Promise<AsyncDisposable> {
  await using opened = new AsyncDisposableStack();
  const { deliverySettings, ends } = office;
  const { maxItemsPerPost } = deliverySettings;
  const busy = await office.addReader();
  opened.defer(() => busy.disconnect());
  opened.use(office.failPosts());
  deliverySettings.maxItemsPerPost = itemsPerPost;
  let answered = 0;
  let isFull = false;
  {
    using _answers = ends.deliveries.listen((event) => {
      if (event.kind !== "delivered" && event.kind !== "failed") return;
      answered += event.subjects.length;
      if (event.kind === "failed" && event.status === 503) isFull = true;
    });
    for (let sent = 0; !isFull; ) {
      if (sent >= mostMessages)
        throw new Error(`The plugin took ${mostMessages} notifications and refused none.`);
      for (let number = 0; number < handful; number += 1)
        ends.conversations.send(busy.chatId, { from: { userId: busy.colleagueId }, html: "<p>Sand</p>" });
      sent += handful;
      const untilMs = performance.now() + answerLimitMs;
      while (answered < sent && performance.now() < untilMs)
        await new Promise((resolve) => setTimeout(resolve, 5));
      if (answered < sent) throw new Error(`${sent - answered} notifications had no answer.`);
    }
  }
  deliverySettings.maxItemsPerPost = maxItemsPerPost;
  const kept = opened.move();
  return { [Symbol.asyncDispose]: () => kept.disposeAsync() };
}
