import { readFileSync } from "node:fs";
import { basename } from "node:path";

/** Mattermost answered a request with an error; `message` is Mattermost's own. */
export class MattermostRequestError extends Error {
  override readonly name = "MattermostRequestError";
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export interface RestUser {
  readonly id: string;
  readonly username: string;
  readonly email: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly is_bot?: boolean;
}

export interface RestPost {
  readonly id: string;
  readonly create_at: number;
  readonly edit_at: number;
  readonly user_id: string;
  readonly channel_id: string;
  readonly message: string;
  readonly type: string;
}

interface PluginStatus {
  readonly plugin_id: string;
  readonly state: number;
  readonly error?: string;
}

/** model.PluginStateFailedToStart and model.PluginStateFailedToStayRunning. */
const failedStates: readonly number[] = [3, 4];

/** Mattermost's REST interface (v4) as one signed-in account: what an administrator's or a person's client does. */
export class MattermostRestClient {
  readonly url: string;
  readonly token: string;

  constructor(url: string, token: string) {
    this.url = url.replace(/\/+$/, "");
    this.token = token;
  }

  static async signIn(url: string, loginId: string, password: string): Promise<MattermostRestClient> {
    const response = await fetch(`${url}/api/v4/users/login`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ login_id: loginId, password }),
    });
    if (!response.ok) throw await failure(response);
    return new MattermostRestClient(url, response.headers.get("token") ?? "");
  }

  async request<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const form = body instanceof FormData;
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body === undefined || form ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
    });
    if (!response.ok) throw await failure(response);
    const text = await response.text();
    return (text === "" ? undefined : JSON.parse(text)) as Answer;
  }

  me(): Promise<RestUser> {
    return this.request("GET", "/api/v4/users/me");
  }

  /** Replaces an installed version, as "Upload" with confirmation does. */
  uploadPlugin(bundle: string): Promise<{ readonly id: string; readonly version: string }> {
    const form = new FormData();
    form.set("plugin", new Blob([new Uint8Array(readFileSync(bundle))]), basename(bundle));
    form.set("force", "true");
    return this.request("POST", "/api/v4/plugins", form);
  }

  /** Rejects with the reason when a node could not start it: Mattermost answers 200 even then. */
  async enablePlugin(id: string): Promise<void> {
    await this.request("POST", `/api/v4/plugins/${id}/enable`);
    const statuses = await this.request<readonly PluginStatus[]>("GET", "/api/v4/plugins/statuses");
    const failed = statuses.find((each) => each.plugin_id === id && failedStates.includes(each.state));
    if (failed !== undefined) {
      throw new Error(`Mattermost could not start ${id}: ${failed.error || "its log says why"}`);
    }
  }

  /** Changes some settings of one plugin as the System Console does: it sends all of them. */
  async configurePlugin(id: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
    const current = await this.request<{
      PluginSettings: { Plugins: Record<string, Record<string, unknown>> };
    }>("GET", "/api/v4/config");
    const merged = { ...current.PluginSettings.Plugins[id], ...settings };
    await this.request("PUT", "/api/v4/config/patch", { PluginSettings: { Plugins: { [id]: merged } } });
  }

  /** In the person's first team, as a direct channel belongs to none. */
  /** `rootId` is the thread in which it is typed. */
  async execute(channelId: string, command: string, rootId = ""): Promise<{ readonly text?: string }> {
    const [team] = await this.request<readonly { id: string }[]>("GET", "/api/v4/users/me/teams");
    const place = { channel_id: channelId, team_id: team?.id ?? "", root_id: rootId };
    return this.request("POST", "/api/v4/commands/execute", { ...place, command });
  }

  directChannel(a: string, b: string): Promise<{ readonly id: string }> {
    return this.request("POST", "/api/v4/channels/direct", [a, b]);
  }

  /** Oldest first. */
  async posts(channelId: string): Promise<readonly RestPost[]> {
    const list = await this.request<{ order: string[]; posts: Record<string, RestPost> }>(
      "GET",
      `/api/v4/channels/${channelId}/posts?per_page=200`,
    );
    return list.order.flatMap((id) => list.posts[id] ?? []).toReversed();
  }
}

async function failure(response: Response): Promise<MattermostRequestError> {
  const body: unknown = await response.json().catch(() => undefined);
  const message =
    typeof body === "object" && body !== null && "message" in body
      ? String(body.message)
      : response.statusText;
  return new MattermostRequestError(response.status, `Mattermost answered ${response.status}: ${message}`);
}
