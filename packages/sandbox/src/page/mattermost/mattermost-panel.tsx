import { useEffect, useState } from "preact/hooks";
import type { PageStart } from "../../page-server.ts";
import type { Channel } from "./client.ts";
import { Composer } from "./composer.tsx";
import { Posts } from "./posts.tsx";
import { SettingsDialog } from "./settings-dialog.tsx";
import { type MattermostState, useMattermost } from "./use-mattermost.ts";

/** A Mattermost client for any of the people who are in Mattermost. */
export function MattermostPanel({
  start,
  report,
}: {
  readonly start: PageStart;
  report(error: unknown): void;
}) {
  const people = start.people.filter((person) => person.inMattermost);
  const [username, setUsername] = useState(people[0]?.username ?? "");
  const [channelId, setChannelId] = useState<string>();
  const [settingsOpen, setSettingsOpen] = useState(false);
  const state = useMattermost(start.mattermostUrl, username, channelId, report);
  const { me, teamId, channels } = state;
  const open = channels.find((channel) => channel.id === channelId) ?? firstToShow(channels);
  useEffect(() => setChannelId(open?.id), [open?.id]);

  return (
    <section class="panel mattermost" aria-label="Mattermost">
      <h2>
        Mattermost{" "}
        <label>
          <small>as</small>{" "}
          <select
            aria-label="Person in Mattermost"
            value={username}
            onChange={(event) => {
              // Another person has other channels.
              setChannelId(undefined);
              setUsername(event.currentTarget.value);
            }}
          >
            {people.map((person) => (
              <option key={person.username} value={person.username}>
                {person.displayName} ({person.role})
              </option>
            ))}
          </select>
        </label>{" "}
        <button type="button" onClick={() => setSettingsOpen(true)}>
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
            onClick={() => setChannelId(channel.id)}
          >
            {channelName(channel, state)}
          </button>
        ))}
      </nav>
      <Posts posts={state.posts} users={state.users} />
      {open !== undefined && teamId !== undefined && (
        <Composer key={open.id} teamId={teamId} channelId={open.id} report={report} />
      )}
      {settingsOpen && me !== undefined && (
        <SettingsDialog
          userId={me.id}
          plugins={[...state.plugins.userSettings.values()]}
          onClose={() => setSettingsOpen(false)}
          report={report}
        />
      )}
    </section>
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
