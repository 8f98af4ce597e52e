import { request } from "../http.ts";

export interface Me {
  readonly id: string;
  readonly username: string;
  readonly is_bot?: boolean;
}

export interface SignedIn {
  /** For the websocket; requests are made with the cookie. */
  readonly token: string;
  readonly user: Me;
}

export interface Channel {
  readonly id: string;
  readonly type: "O" | "P" | "D" | "G";
  readonly name: string;
  readonly display_name: string;
}

export interface Post {
  readonly id: string;
  readonly create_at: number;
  readonly edit_at: number;
  readonly delete_at: number;
  readonly user_id: string;
  readonly channel_id: string;
  /** Empty for a post that answers none. */
  readonly root_id: string;
  readonly message: string;
  readonly type: string;
  readonly props?: Readonly<Record<string, unknown>> & { readonly attachments?: readonly PostAttachment[] };
  readonly metadata?: {
    readonly files?: readonly PostFile[];
    readonly priority?: { readonly priority: string };
  };
}

export interface PostAttachment {
  readonly text?: string;
  readonly actions?: readonly PostAction[];
}

export interface PostAction {
  readonly id: string;
  readonly name: string;
  /** On posts that are not stored: what presses them. */
  readonly cookie?: string;
}

export interface PostFile {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly mime_type: string;
}

export interface Suggestion {
  readonly Complete: string;
  readonly Suggestion: string;
  readonly Hint: string;
  readonly Description: string;
}

export interface WebsocketMessage {
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const base = "/mattermost/api/v4";

/** Mattermost's REST and websocket interfaces, as its own web app uses them. */
export const mattermost = {
  /** Whom the browser's cookies name, if anybody. */
  session: () => request<SignedIn | undefined>("GET", "/session"),
  signIn: (username: string) => request<SignedIn>("POST", `/sign-in/${encodeURIComponent(username)}`),
  signOut: () => request("POST", `${base}/users/logout`),
  teams: () => request<readonly { id: string; display_name: string }[]>("GET", `${base}/users/me/teams`),
  channels: (teamId: string) =>
    request<readonly Channel[]>("GET", `${base}/users/me/teams/${teamId}/channels`),
  async posts(channelId: string): Promise<readonly Post[]> {
    const list = await request<{ order: string[]; posts: Record<string, Post> }>(
      "GET",
      `${base}/channels/${channelId}/posts?per_page=100`,
    );
    return list.order.flatMap((id) => list.posts[id] ?? []).reverse();
  },
  users: (ids: readonly string[]) => request<readonly Me[]>("POST", `${base}/users/ids`, ids),
  post: (channelId: string, message: string) =>
    request("POST", `${base}/posts`, { channel_id: channelId, message }),
  press: (postId: string, { id, cookie }: PostAction) =>
    request("POST", `${base}/posts/${postId}/actions/${id}`, cookie === undefined ? {} : { cookie }),
  execute: (channelId: string, teamId: string, command: string) =>
    request("POST", `${base}/commands/execute`, { channel_id: channelId, team_id: teamId, command }),
  suggestions: (teamId: string, channelId: string, typed: string) =>
    request<readonly Suggestion[]>(
      "GET",
      `${base}/teams/${teamId}/commands/autocomplete_suggestions?${new URLSearchParams({ user_input: typed, channel_id: channelId })}`,
    ),
  preferences: () =>
    request<readonly { category: string; name: string; value: string }[]>(
      "GET",
      `${base}/users/me/preferences`,
    ),
  savePreference: (userId: string, category: string, name: string, value: string) =>
    request("PUT", `${base}/users/${userId}/preferences`, [{ user_id: userId, category, name, value }]),
  plugins: () =>
    request<readonly { id: string; webapp?: { bundle_path: string } }[]>("GET", `${base}/plugins/webapp`),
};

const reconnectMs = 1_000;

/** Opens the websocket and keeps it open; `reconnected` is called when events may have been missed. Returns how to close. */
export function openWebsocket(
  mattermostUrl: string,
  token: string,
  received: (message: WebsocketMessage) => void,
  reconnected: () => void,
): () => void {
  let closed = false;
  let socket: WebSocket;
  const open = (isFirst: boolean) => {
    socket = new WebSocket(`${mattermostUrl.replace(/^http/, "ws")}/api/v4/websocket`);
    socket.onopen = () => {
      socket.send(JSON.stringify({ seq: 1, action: "authentication_challenge", data: { token } }));
      if (!isFirst) reconnected();
    };
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      if (typeof message.event === "string") received(message);
    };
    socket.onclose = () => {
      if (!closed) setTimeout(() => closed || open(false), reconnectMs);
    };
  };
  open(true);
  return () => {
    closed = true;
    socket.close();
  };
}
