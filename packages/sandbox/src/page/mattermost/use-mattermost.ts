import { useEffect, useRef, useState } from "preact/hooks";
import {
  type Channel,
  type Me,
  mattermost,
  openWebsocket,
  type Post,
  type WebsocketMessage,
} from "./client.ts";
import { WebPluginHost } from "./web-plugin-host.ts";

export interface MattermostState {
  readonly me: Me | undefined;
  readonly teamId: string | undefined;
  readonly channels: readonly Channel[];
  /** Posts of the open channel in order, ephemeral ones among them. */
  readonly posts: readonly Post[];
  /** Everybody who is named, by id. */
  readonly users: ReadonlyMap<string, Me>;
  readonly unread: ReadonlySet<string>;
  readonly plugins: WebPluginHost;
}

/** One person's Mattermost: signed in, with an open websocket and the plugins' web halves loaded. */
export function useMattermost(
  mattermostUrl: string,
  username: string,
  channelId: string | undefined,
  report: (error: unknown) => void,
): MattermostState {
  const [me, setMe] = useState<Me>();
  const [teamId, setTeamId] = useState<string>();
  const [channels, setChannels] = useState<readonly Channel[]>([]);
  const [posts, setPosts] = useState<ReadonlyMap<string, Post>>(new Map());
  const [users, setUsers] = useState<ReadonlyMap<string, Me>>(new Map());
  const [unread, setUnread] = useState<ReadonlySet<string>>(new Set());
  const [, redraw] = useState(0);
  const plugins = useRef<WebPluginHost>(undefined);
  plugins.current ??= new WebPluginHost(() => redraw((count) => count + 1));
  const host = plugins.current;
  const open = useRef(channelId);
  open.current = channelId;

  useEffect(() => {
    let left = false;
    const reportHere = (error: unknown) => {
      if (!left) report(error);
    };
    const stops: (() => void)[] = [() => host.unload()];
    setPosts(new Map());
    setChannels([]);
    setMe(undefined);
    const begin = async () => {
      const { token, user } = await mattermost.signIn(username);
      const [team] = await mattermost.teams();
      if (left) return;
      const readChannels = async () => {
        if (team === undefined) return;
        const read = await mattermost.channels(team.id);
        // Those of the person before are not open to the next.
        if (!left) setChannels(read);
      };
      const received = (message: WebsocketMessage) => {
        host.dispatch(message);
        const post = postOf(message);
        if (post !== undefined) {
          setPosts((known) => new Map([...known, [post.id, post]]));
          if (post.channel_id !== open.current) setUnread((known) => new Set([...known, post.channel_id]));
        }
        if (message.event === "posted" || message.event === "direct_added") readChannels().catch(reportHere);
      };
      stops.push(openWebsocket(mattermostUrl, token, received, () => host.reconnected()));
      setMe(user);
      setTeamId(team?.id);
      await readChannels();
      await host.load();
    };
    begin().catch(reportHere);
    return () => {
      left = true;
      for (const stop of stops) stop();
    };
  }, [username]);

  useEffect(() => {
    if (channelId === undefined || me === undefined) return;
    setUnread((known) => new Set([...known].filter((id) => id !== channelId)));
    let left = false;
    mattermost.posts(channelId).then(
      (read) => {
        if (!left) setPosts((known) => new Map([...known, ...read.map((post) => [post.id, post] as const)]));
      },
      (error: unknown) => {
        if (!left) report(error);
      },
    );
    return () => {
      left = true;
    };
  }, [channelId, me?.id]);

  const authors = [...posts.values()].map((post) => post.user_id);
  const partners = channels.filter(({ type }) => type === "D").flatMap(({ name }) => name.split("__"));
  const unnamed = [...authors, ...partners].filter((id) => !users.has(id));
  useEffect(() => {
    if (unnamed.length === 0) return;
    mattermost
      .users([...new Set(unnamed)])
      .then(
        (read) => setUsers((known) => new Map([...known, ...read.map((user) => [user.id, user] as const)])),
        report,
      );
  }, [unnamed.length]);

  const shown = [...posts.values()]
    .filter((post) => post.channel_id === channelId && post.delete_at === 0)
    .toSorted((a, b) => a.create_at - b.create_at);
  return { me, teamId, channels, posts: shown, users, unread, plugins: host };
}

const postEvents = new Set(["posted", "post_edited", "post_deleted", "ephemeral_message"]);

function postOf({ event, data }: WebsocketMessage): Post | undefined {
  if (!postEvents.has(event) || typeof data.post !== "string") return undefined;
  const post: Post = JSON.parse(data.post);
  return event === "post_deleted" && post.delete_at === 0 ? { ...post, delete_at: Date.now() } : post;
}
