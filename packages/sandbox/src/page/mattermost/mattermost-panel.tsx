import { useEffect, useState } from "preact/hooks";
import type { PageStart } from "../../page-server.ts";
import type { Channel } from "./client.ts";
import { Composer } from "./composer.tsx";
import { Posts } from "./posts.tsx";
import { SettingsDialog } from "./settings-dialog.tsx";
import { type MattermostState, useMattermost } from "./use-mattermost.ts";

/** No username, as those begin with a letter. */
const nobody = "";

/** A Mattermost client for any of the people who are in Mattermost. */
export function MattermostPanel({
  start,
  report,
}: {
  readonly start: PageStart;
  report(error: unknown): void;
}) {
  const people = start.people.filter((person) => person.inMattermost);
  const usernames = people.map(({ username }) => username);
  // Shown at once, while the person before still signs out.
  const [chosen, setChosen] = useState<string>();
  const [chosenId, setChosenId] = useState<string>();
  const [channelId, setChannelId] = useState<string>();
  const [settingsOpen, setSettingsOpen] = useState(false);
  const place = { mattermostUrl: start.mattermostUrl, usernames };
  const state = useMattermost(place, channelId, report);
  const { me, teamId, channels } = state;
  const open =
    channels.find(({ id }) => id === chosenId) ??
    addressed(location.pathname, state) ??
    firstToShow(channels);
  useEffect(() => setChannelId(open?.id), [open?.id]);
  // Mattermost closes what was open when somebody signs out.
  useEffect(() => setSettingsOpen(false), [me?.id]);
  const shown = chosen ?? me?.username ?? usernames[0] ?? nobody;

  return (
    <section class="panel mattermost" aria-label="Mattermost">
      <h2>
        Mattermost{" "}
        <label>
          <small>as</small>{" "}
          <select
            aria-label="Person in Mattermost"
            value={shown}
            onChange={(event) => {
              const { value } = event.currentTarget;
              // Another person has other channels.
              setChosenId(undefined);
              setChosen(value);
              state.become(value === nobody ? undefined : value);
            }}
          >
            {people.map((person) => (
              <option key={person.username} value={person.username}>
                {person.displayName} ({person.role})
              </option>
            ))}
            <option value={nobody}>Nobody (signed out)</option>
          </select>
        </label>{" "}
        <button type="button" disabled={me === undefined} onClick={() => setSettingsOpen(true)}>
          Settings
        </button>
      </h2>
      <nav class="channels" aria-label="Channels">
        {channels.map((channel) => (
          <button
            type="button"
            key={channel.id}
            class={state.unread.has(channel.id) ? "unread" : ""}
            aria-current={channel.id === open?.id}
            onClick={() => setChosenId(channel.id)}
          >
            {channelName(channel, state)}
          </button>
        ))}
      </nav>
      {shown === nobody && <p class="elsewhere">Nobody is signed in. Choose a person above to sign in.</p>}
      <Posts posts={state.posts} users={state.users} plugins={state.plugins} report={state.report} />
      {open !== undefined && teamId !== undefined && (
        <Composer key={open.id} teamId={teamId} channelId={open.id} report={state.report} />
      )}
      {settingsOpen && me !== undefined && (
        <SettingsDialog
          userId={me.id}
          plugins={state.plugins.userSettings}
          onClose={() => setSettingsOpen(false)}
          report={state.report}
        />
      )}
    </section>
  );
}

/** The channel that an address of Mattermost's web app means: `/<team>/messages/@<username>` or `/<team>/channels/<name>`. */
function addressed(path: string, state: MattermostState): Channel | undefined {
  const [, kind, name] = /^\/[^/]+\/(messages|channels)\/@?([^/]+)$/.exec(path) ?? [];
  return state.channels.find((channel) =>
    kind === "messages"
      ? channel.type === "D" && channelName(channel, state) === name
      : channel.name === name,
  );
}

/** The bot's direct channel where there is one: it is what a visitor came to see. */
function firstToShow(channels: readonly Channel[]): Channel | undefined {
  return channels.find((channel) => channel.type === "D") ?? channels[0];
}

/** A direct channel is named by both user ids; people know it by the other person. */
function channelName(channel: Channel, { me, users }: MattermostState): string {
  if (channel.type !== "D") return channel.display_name;
  if (channel.display_name !== "") return channel.display_name;
  const otherId = channel.name.split("__").find((id) => id !== me?.id) ?? "";
  return users.get(otherId)?.username ?? "MS Teams";
}
