/** Between two looks at something that announces nothing; short beside every step it waits for. */
const intervalMs = 25;

/** The first defined answer of `look`. Throws with `what` when `timeoutMs` pass without one. */
export async function eventually<Answer>(
  what: string,
  look: () => Promise<Answer | undefined>,
  timeoutMs = 20_000,
): Promise<Answer> {
  const giveUpAt = Date.now() + timeoutMs;
  for (;;) {
    const answer = await look();
    if (answer !== undefined) return answer;
    if (Date.now() > giveUpAt) throw new Error(`Waited ${timeoutMs / 1000} s for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, intervalMs));
  }
}
