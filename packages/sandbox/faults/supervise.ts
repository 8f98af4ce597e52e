import type { Outcome, TrialResult } from "./outcome.ts";

/** What the process that runs the trials says of itself. */
export type RunNews =
  | { readonly kind: "begun"; readonly name: string }
  | { readonly kind: "measured"; readonly name: string; readonly result: TrialResult }
  /** It ends after this. */
  | { readonly kind: "failed"; readonly reason: string };

export interface SuperviseOptions {
  /** Runs the trials whose names follow `args`, one after the other, and tells {@link RunNews} over its channel. */
  readonly script: string;
  readonly args: readonly string[];
  readonly names: readonly string[];
  /** From one piece of news to the next. Beyond it nothing comes any more. */
  readonly limitMs: number;
  readonly onBegun: (name: string) => void;
}

/** How much of a reason is shown. */
const reasonCharacters = 2_000;

/**
 * An outcome for every name, whatever happens to the process that runs them: its errors, its crash, its silence. A trial in
 * which it ended is undecided, and those that follow run in a new one. Never rejects.
 */
export async function supervise(options: SuperviseOptions): Promise<ReadonlyMap<string, Outcome>> {
  const outcomes = new Map<string, Outcome>();
  for (;;) {
    const left = options.names.filter((name) => !outcomes.has(name));
    const [first] = left;
    if (first === undefined) return outcomes;
    const end = await runOnce(options, left, (name, result) =>
      outcomes.set(name, { kind: "measured", result }),
    );
    // What it was at, or what it did not come to: so each run has one trial less to do.
    const name = left.find((each) => each === end.at && !outcomes.has(each));
    const blamed = name ?? left.find((each) => !outcomes.has(each));
    if (blamed !== undefined) outcomes.set(blamed, { kind: "undecided", reason: end.reason });
  }
}

interface End {
  /** The trial that had begun last. */
  readonly at: string | undefined;
  readonly reason: string;
}

async function runOnce(
  { script, args, limitMs, onBegun }: SuperviseOptions,
  names: readonly string[],
  measured: (name: string, result: TrialResult) => void,
): Promise<End> {
  let at: string | undefined;
  let reason: string | undefined;
  let limit: ReturnType<typeof setTimeout> | undefined;
  try {
    const child = Bun.spawn([process.execPath, script, ...args, ...names], {
      stdio: ["ignore", "inherit", "inherit"],
      serialization: "json",
      ipc(news: RunNews) {
        wait();
        if (news.kind === "begun") {
          at = news.name;
          onBegun(at);
        } else if (news.kind === "measured") measured(news.name, news.result);
        else reason = news.reason.slice(0, reasonCharacters);
      },
    });
    const wait = (): void => {
      clearTimeout(limit);
      limit = setTimeout(() => {
        reason ??= `Nothing was heard of it for ${limitMs / 1_000} s.`;
        child.kill("SIGKILL");
      }, limitMs);
    };
    wait();
    await child.exited;
    return {
      at,
      reason: reason ?? `Its process ended: ${child.signalCode ?? `exit code ${child.exitCode}`}.`,
    };
  } catch (error) {
    return { at, reason: `Its process could not be started: ${error}` };
  } finally {
    clearTimeout(limit);
  }
}
