import type { ChatAnswer, ChatMuting, ChatsAnswer } from "@msteams-notifications/server/contract";
import type { React } from "./react.ts";
import type { ComponentSection } from "./registry.ts";

export interface MutedChatsParts {
  readonly react: React;
  chats(): Promise<ChatsAnswer["chats"]>;
  muteChat(muting: ChatMuting): Promise<ChatsAnswer["chats"]>;
  /** Calls when somebody else may have changed them; the answer ends that. */
  onChange(listener: () => void): () => void;
}

const title = "Muted chats";

const ends = [
  ["off", "Not muted"],
  ["1h", "For an hour"],
  ["tomorrow", "Until tomorrow, nine o'clock"],
  ["always", "Until I unmute it"],
] as const;

type Loaded =
  | { readonly kind: "loading" }
  | { readonly kind: "shown"; readonly chats: readonly ChatAnswer[] }
  | { readonly kind: "not-connected" };

/**
 * The section of Plugin Preferences in which chats are muted: they differ from person to person, so that no radio buttons
 * can name them. Of native elements alone, which keyboards and screen readers know, with Mattermost's own classes.
 */
export function mutedChatsSection({ react, chats, muteChat, onChange }: MutedChatsParts): ComponentSection {
  const { createElement: element } = react;

  function MutedChats(): unknown {
    const [loaded, setLoaded] = react.useState<Loaded>({ kind: "loading" });
    /** What was done, or went wrong, for those who do not see it change. */
    const [said, setSaid] = react.useState("");
    const [isBusy, setBusy] = react.useState(false);
    const [turn, setTurn] = react.useState(0);

    const show = (answer: ChatsAnswer["chats"]) =>
      setLoaded(answer === undefined ? { kind: "not-connected" } : { kind: "shown", chats: answer });
    const fail = (error: unknown) => setSaid(error instanceof Error ? error.message : String(error));

    react.useEffect(() => {
      let left = false;
      chats().then(
        (answer) => left || show(answer),
        (error) => left || fail(error),
      );
      const end = onChange(() => setTurn(turn + 1));
      return () => {
        left = true;
        end();
      };
    }, [turn]);

    const change = async (chat: ChatAnswer, until: ChatMuting["until"], mentions: boolean) => {
      setBusy(true);
      try {
        show(await muteChat({ chatId: chat.chatId, until, mentions }));
        setSaid(`Saved for ${chat.label}.`);
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
        "Your last Teams chats. A muted chat brings nothing, or only what mentions you by name. Changes are saved at once.",
      ),
      element("p", { role: "status", "aria-live": "polite" }, said),
      body(loaded, { isBusy, change }),
    );
  }

  function body(loaded: Loaded, controls: Controls): unknown {
    if (loaded.kind === "loading") return element("p", null, "Loading…");
    if (loaded.kind === "not-connected")
      return element("p", null, "Connect your Microsoft Teams account to mute chats.");
    if (loaded.chats.length === 0) return element("p", null, "No Teams chat has brought you anything yet.");
    const rows = loaded.chats.map((chat) => row(chat, controls));
    return element("ul", { style: { listStyle: "none", padding: 0 } }, ...rows);
  }

  function row(chat: ChatAnswer, { isBusy, change }: Controls): unknown {
    const { label, kind, mute } = chat;
    const mentions = mute?.mentions ?? true;
    const current = mute === undefined ? "off" : mute.until === undefined ? "always" : "as-it-is";
    const options =
      mute?.until === undefined ? ends : [["as-it-is", `Until ${mute.until}`] as const, ...ends];
    const choose = (event: { readonly currentTarget: { readonly value: string } }) =>
      change(chat, event.currentTarget.value as ChatMuting["until"], mentions);
    return element(
      "li",
      { key: chat.chatId, style: { padding: "6px 0" } },
      element(
        "label",
        { style: { display: "block" } },
        `${label} (${kind}) `,
        element(
          "select",
          {
            className: "form-control",
            "aria-label": `Mute ${label}`,
            value: current,
            disabled: isBusy,
            onChange: choose,
          },
          ...options.map(([value, text]) => element("option", { key: value, value }, text)),
        ),
      ),
      mute === undefined
        ? null
        : element(
            "label",
            { style: { display: "block" } },
            element("input", {
              type: "checkbox",
              "aria-label": `Mentions of me in ${label} still arrive`,
              checked: mentions,
              disabled: isBusy,
              onChange: () => change(chat, "as-it-is", !mentions),
            }),
            " Mentions of me still arrive",
          ),
    );
  }

  return { title, component: MutedChats };
}

interface Controls {
  readonly isBusy: boolean;
  change(chat: ChatAnswer, until: ChatMuting["until"], mentions: boolean): Promise<void>;
}
