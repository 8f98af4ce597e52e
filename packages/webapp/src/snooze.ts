import type { SnoozeAnswer, Snoozing } from "@msteams-notifications/server/contract";
import type { React } from "./react.ts";
import type { ComponentSection } from "./registry.ts";

export interface SnoozeParts {
  readonly react: React;
  snoozed(): Promise<SnoozeAnswer["snooze"]>;
  snooze(snoozing: Snoozing): Promise<SnoozeAnswer["snooze"]>;
  /** Calls when somebody else may have changed it; the answer ends that. */
  onChange(listener: () => void): () => void;
}

const title = "Snooze";

const ends = [
  ["off", "Not snoozed"],
  ["30m", "For half an hour"],
  ["2h", "For two hours"],
  ["tomorrow", "Until tomorrow, nine o'clock"],
] as const;

/** What is so already. */
const asItIs = "as-it-is";

type Loaded =
  | { readonly kind: "loading" }
  | { readonly kind: "shown"; readonly until: string | undefined }
  | { readonly kind: "not-connected" };

/**
 * The section of Plugin Preferences for a snooze: it ends by itself, which no radio button does. Of native elements alone,
 * which keyboards and screen readers know, with Mattermost's own classes.
 */
export function snoozeSection({ react, snoozed, snooze, onChange }: SnoozeParts): ComponentSection {
  const { createElement: element } = react;

  function Snooze(): unknown {
    const [loaded, setLoaded] = react.useState<Loaded>({ kind: "loading" });
    /** What was done, or went wrong, for those who do not see it change. */
    const [said, setSaid] = react.useState("");
    const [isBusy, setBusy] = react.useState(false);
    const [turn, setTurn] = react.useState(0);

    const show = (answer: SnoozeAnswer["snooze"]) =>
      setLoaded(answer === undefined ? { kind: "not-connected" } : { kind: "shown", until: answer.until });
    const fail = (error: unknown) => setSaid(error instanceof Error ? error.message : String(error));

    react.useEffect(() => {
      let left = false;
      snoozed().then(
        (answer) => left || show(answer),
        (error) => left || fail(error),
      );
      const end = onChange(() => setTurn(turn + 1));
      return () => {
        left = true;
        end();
      };
    }, [turn]);

    const choose = async (event: { readonly currentTarget: { readonly value: string } }) => {
      const { value: until } = event.currentTarget;
      setBusy(true);
      try {
        show(await snooze({ until }));
        setSaid(until === "off" ? "What was held arrives now." : "Snoozed.");
      } catch (error) {
        fail(error);
      }
      setBusy(false);
    };

    return element(
      "section",
      { className: "section-min", "aria-label": title },
      element("h4", { className: "section-min__title" }, title),
      element(
        "p",
        null,
        "What comes while you snooze is held, and arrives at its end unless you saw it in Teams. Changes are saved at once.",
      ),
      element("p", { role: "status", "aria-live": "polite" }, said),
      body(loaded, isBusy, choose),
    );
  }

  function body(loaded: Loaded, isBusy: boolean, choose: (event: never) => Promise<void>): unknown {
    if (loaded.kind === "loading") return element("p", null, "Loading…");
    if (loaded.kind === "not-connected")
      return element("p", null, "Connect your Microsoft Teams account to snooze its messages.");
    const { until } = loaded;
    const options = until === undefined ? ends : [[asItIs, `Until ${until}`] as const, ...ends];
    return element(
      "label",
      { style: { display: "block" } },
      "Snooze messages ",
      element(
        "select",
        {
          className: "form-control",
          value: until === undefined ? "off" : asItIs,
          disabled: isBusy,
          onChange: choose,
        },
        ...options.map(([value, text]) => element("option", { key: value, value }, text)),
      ),
    );
  }

  return { title, component: Snooze };
}
