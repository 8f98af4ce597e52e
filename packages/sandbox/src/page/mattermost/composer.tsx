import { useRef, useState } from "preact/hooks";
import { mattermost, type Suggestion } from "./client.ts";

/** Where one writes; a line that starts with a slash is a command and gets suggestions. */
export function Composer(props: {
  readonly teamId: string;
  readonly channelId: string;
  report(error: unknown): void;
}) {
  const { teamId, channelId, report } = props;
  const [text, setText] = useState("");
  const [suggestions, setSuggestions] = useState<readonly Suggestion[]>([]);

  const latest = useRef("");

  const type = (typed: string) => {
    setText(typed);
    latest.current = typed;
    if (!typed.startsWith("/")) return setSuggestions([]);
    mattermost.suggestions(teamId, channelId, typed).then(
      // What was asked for an earlier text may come later than what is typed or sent now.
      (found) => latest.current === typed && setSuggestions(found),
      () => setSuggestions([]),
    );
  };
  const submit = (event: Event) => {
    event.preventDefault();
    const message = text.trim();
    if (message === "") return;
    type("");
    const done = message.startsWith("/")
      ? mattermost.execute(channelId, teamId, message)
      : mattermost.post(channelId, message);
    done.catch(report);
  };
  return (
    <form class="composer" onSubmit={submit}>
      {suggestions.length > 0 && (
        <ul class="suggestions" aria-label="Suggestions">
          {suggestions.map((each) => (
            <li key={each.Complete}>
              <button type="button" onClick={() => type(`/${each.Complete.replace(/^\//, "")} `)}>
                <strong>/{each.Complete.replace(/^\//, "")}</strong> {each.Hint}{" "}
                <small>{each.Description}</small>
              </button>
            </li>
          ))}
        </ul>
      )}
      <input
        aria-label="Message in Mattermost"
        placeholder="Write, or type /msteams"
        value={text}
        autocomplete="off"
        onInput={(event) => type(event.currentTarget.value)}
      />
      <button type="submit">Send</button>
    </form>
  );
}
