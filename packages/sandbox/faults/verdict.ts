/** One message that one reader must find in Mattermost; the chat and the id name it in Teams. */
export interface Expected {
  readonly reader: string;
  readonly chatId: string;
  readonly messageId: string;
}

/** A message in a post of the bot, as Mattermost keeps it; `createAt` orders them. */
export interface Found extends Expected {
  readonly createAt: number;
  /** What it says below its header. */
  readonly text: string;
}

/** What messages say in Teams at the end, by chat and message as {@link messageName} names them. */
export type Texts = ReadonlyMap<string, string>;

export interface Verdict {
  readonly expected: number;
  /** Messages without a post. */
  readonly lost: number;
  /** Posts beyond the first of their message. */
  readonly repeated: number;
  /** Posts nobody should have received. */
  readonly unexpected: number;
  /** Posts that stand before one of an earlier message of the same chat. */
  readonly misplaced: number;
  /** Posts that do not say what Teams says. */
  readonly stale: number;
}

/** Compares what was sent with what is there. */
export function judge(expected: readonly Expected[], found: readonly Found[], texts: Texts): Verdict {
  const wanted = new Set(expected.map(nameOf));
  const counts = new Map<string, number>();
  for (const post of found) counts.set(nameOf(post), (counts.get(nameOf(post)) ?? 0) + 1);
  const names = [...counts.keys()];
  return {
    expected: wanted.size,
    lost: [...wanted].filter((name) => !counts.has(name)).length,
    repeated: names.reduce((sum, name) => sum + (counts.get(name) ?? 1) - 1, 0),
    unexpected: names.filter((name) => !wanted.has(name)).length,
    misplaced: misplacedIn(found),
    stale: found.filter((post) => wanted.has(nameOf(post)) && texts.get(messageName(post)) !== post.text)
      .length,
  };
}

export function nameOf(one: Expected): string {
  return `${one.reader} ${messageName(one)}`;
}

export function messageName({ chatId, messageId }: Omit<Expected, "reader">): string {
  return `${chatId} ${messageId}`;
}

function misplacedIn(found: readonly Found[]): number {
  const newest = new Map<string, number>();
  let misplaced = 0;
  for (const { reader, chatId, messageId } of found.toSorted((one, other) => one.createAt - other.createAt)) {
    const lane = `${reader} ${chatId}`;
    const before = newest.get(lane) ?? 0;
    if (Number(messageId) < before) misplaced += 1;
    else newest.set(lane, Number(messageId));
  }
  return misplaced;
}
