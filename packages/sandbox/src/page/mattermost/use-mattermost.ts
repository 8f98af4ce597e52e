import { useEffect, useRef, useState } from "preact/hooks";
import {
  type Channel,
  type Me,
  mattermost,
  openWebsocket,
  type Post,
  type SignedIn,
  type WebsocketMessage,
} from "./client.ts";
import { TabSession } from "./tab-session.ts";
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
  /** Reports what failed for the person who is there; what failed because they left is nobody's business. */
  report(error: unknown): void;
  /** Signs another person in in the same tab, or nobody. */
  become(username: string | undefined): void;
}

/**
 * Mattermost's web app in one tab: whoever of `usernames` is signed in already stays. Otherwise the plugins are
 * loaded while nobody is there yet, and then the first is signed in.
 */
export function useMattermost(
  { mattermostUrl, usernames }: { readonly mattermostUrl: string; readonly usernames: readonly string[] },
  channelId: string | undefined,
  report: (error: unknown) => void,
): MattermostState {
  const [signedIn, setSignedIn] = useState<SignedIn>();
  const [teamId, setTeamId] = useState<string>();
  const [channels, setChannels] = useState<readonly Channel[]>([]);
  const [posts, setPosts] = useState<ReadonlyMap<string, Post>>(new Map());
  const [users, setUsers] = useState<ReadonlyMap<string, Me>>(new Map());
  const [unread, setUnread] = useState<ReadonlySet<string>>(new Set());
  const [, redraw] = useState(0);
  const plugins = useRef<WebPluginHost>(undefined);
  plugins.current ??= new WebPluginHost(() => redraw((count) => count + 1), report);
  const host = plugins.current;
  const tab = useRef<TabSession>(undefined);
  tab.current ??= new TabSession((now) => {
    host.store.signedInAs(now?.user.id ?? "");
    setSignedIn(now);
  });
  const session = tab.current;
  const open = useRef(channelId);
  open.current = channelId;
  const me = signedIn?.user;
  const reportHere = (error: unknown) => {
    if (session.isStill(signedIn)) report(error);
  };

  useEffect(() => {
    const begin = async () => {
      await session.resume(usernames);
      await host.load();
      await session.becomeAtFirst(usernames[0]);
    };
    begin().catch(report);
  }, []);

  useEffect(() => {
    setPosts(new Map());
    setChannels([]);
    setUnread(new Set());
    setTeamId(undefined);
    if (signedIn === undefined) return;
    let left = false;
    let close = () => {};
    const readChannels = async (team: string | undefined) => {
      if (team === undefined) return;
      const read = await mattermost.channels(team);
      // Those of the person before are not open to the next.
      if (!left) setChannels(read);
    };
    const begin = async () => {
      const [team] = await mattermost.teams();
      if (left) return;
      setTeamId(team?.id);
      const received = (message: WebsocketMessage) => {
        if (left) return;
        host.dispatch(message);
        const post = postOf(message);
        if (post !== undefined) {
          setPosts((known) => new Map([...known, [post.id, post]]));
          if (post.channel_id !== open.current) setUnread((known) => new Set([...known, post.channel_id]));
        }
        if (message.event === "posted" || message.event === "direct_added")
          readChannels(team?.id).catch(reportHere);
      };
      close = openWebsocket(mattermostUrl, signedIn.token, received, () => host.reconnected());
      await readChannels(team?.id);
    };
    begin().catch(reportHere);
    return () => {
      left = true;
      close();
    };
  }, [signedIn]);

  useEffect(() => {
    if (channelId === undefined || me === undefined) return;
    setUnread((known) => new Set([...known].filter((id) => id !== channelId)));
    let left = false;
    mattermost.posts(channelId).then((read) => {
      if (!left) setPosts((known) => new Map([...known, ...read.map((post) => [post.id, post] as const)]));
    }, reportHere);
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
        reportHere,
      );
  }, [unnamed.length]);

  const shown = [...posts.values()]
    .filter((post) => post.channel_id === channelId && post.delete_at === 0)
    .toSorted((a, b) => a.create_at - b.create_at);
  host.store.showsPosts(posts);
  const become = (username: string | undefined) => void session.become(username).catch(report);
  // Before the effects above have let go of what the person before had.
  const own = me === undefined ? { channels: [], posts: [] } : { channels, posts: shown };
  return { me, teamId, ...own, users, unread, plugins: host, report: reportHere, become };
}

const postEvents = new Set(["posted", "post_edited", "post_deleted", "ephemeral_message"]);

function postOf({ event, data }: WebsocketMessage): Post | undefined {
  if (!postEvents.has(event) || typeof data.post !== "string") return undefined;
  const post: Post = JSON.parse(data.post);
  return event === "post_deleted" && post.delete_at === 0 ? { ...post, delete_at: Date.now() } : post;
}
