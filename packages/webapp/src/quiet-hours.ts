import type { QuietAnswer, QuietChoosing } from "@msteams-notifications/server/contract";
import type { React } from "./react.ts";
import type { ComponentSection } from "./registry.ts";

export interface QuietHoursParts {
  readonly react: React;
  quietHours(): Promise<QuietAnswer["quiet"]>;
  chooseQuietHours(choosing: QuietChoosing): Promise<QuietAnswer["quiet"]>;
  /** Calls when somebody else may have changed them; the answer ends that. */
  onChange(listener: () => void): () => void;
}

const title = "Quiet hours";

/** `typed` is what stands in the field. */
type Loaded =
  | { readonly kind: "loading" }
  | { readonly kind: "shown"; readonly typed: string }
  | { readonly kind: "not-connected" };

/**
 * The section of Plugin Preferences for quiet hours, which are typed as after `/msteams quiet`. Of native elements alone,
 * which keyboards and screen readers know, with Mattermost's own classes.
 */
export function quietHoursSection(parts: QuietHoursParts): ComponentSection {
  const { react, quietHours, chooseQuietHours, onChange } = parts;
  const { createElement: element } = react;

  function Quiet(): unknown {
    const [loaded, setLoaded] = react.useState<Loaded>({ kind: "loading" });
    /** What was done, or went wrong, for those who do not see it change. */
    const [said, setSaid] = react.useState("");
    const [isBusy, setBusy] = react.useState(false);
    const [turn, setTurn] = react.useState(0);

    const show = (answer: QuietAnswer["quiet"]) =>
      setLoaded(answer === undefined ? { kind: "not-connected" } : { kind: "shown", typed: answer.hours });
    const fail = (error: unknown) => setSaid(error instanceof Error ? error.message : String(error));

    react.useEffect(() => {
      let left = false;
      quietHours().then(
        (answer) => left || show(answer),
        (error) => left || fail(error),
      );
      const end = onChange(() => setTurn(turn + 1));
      return () => {
        left = true;
        end();
      };
    }, [turn]);

    const save = async (hours: string) => {
      setBusy(true);
      try {
        const chosen = await chooseQuietHours({ hours });
        show(chosen);
        setSaid(chosen?.hours === "" ? "Saved: no quiet hours." : "Saved.");
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
        "What comes in these hours, in your time zone, is held, and arrives at their end unless you saw it in Teams. For example: daily 20:00-08:00, or daily 18:00-08:00, sat-sun 00:00-24:00. Empty for none.",
      ),
      element("p", { role: "status", "aria-live": "polite" }, said),
      body(loaded, {
        isBusy,
        type: (typed) => setLoaded({ kind: "shown", typed }),
        save,
      }),
    );
  }

  function body(loaded: Loaded, { isBusy, type, save }: Controls): unknown {
    if (loaded.kind === "loading") return element("p", null, "Loading…");
    if (loaded.kind === "not-connected")
      return element("p", null, "Connect your Microsoft Teams account to have quiet hours.");
    const { typed } = loaded;
    return element(
      "form",
      {
        onSubmit: (event: { preventDefault(): void }) => {
          event.preventDefault();
          void save(typed);
        },
      },
      element(
        "label",
        { style: { display: "block" } },
        "Quiet hours ",
        element("input", {
          className: "form-control",
          type: "text",
          maxLength: 500,
          value: typed,
          disabled: isBusy,
          onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
            type(event.currentTarget.value),
        }),
      ),
      element(
        "button",
        { className: "btn btn-primary", type: "submit", disabled: isBusy },
        "Save quiet hours",
      ),
    );
  }

  return { title, component: Quiet };
}

interface Controls {
  readonly isBusy: boolean;
  type(typed: string): void;
  save(hours: string): Promise<void>;
}
