import type { Integration, Setup } from "../../../application/integration.ts";
import type {
  EphemeralPlace,
  EphemeralPost,
  EphemeralPosts,
} from "../../../application/mattermost/ephemeral-posts.ts";
import { RecordedLog } from "../../../application/testing/observed.ts";
import { httpApp } from "../http-app.ts";

export const administrator = "admin-id";

/** The routes over an integration, or over a plugin that is not set up yet, asked without a socket. */
export function served(integration?: Integration) {
  const log = new RecordedLog();
  const setup: Setup =
    integration === undefined
      ? { kind: "not-ready", problems: [{ what: "The client ID is missing.", doThis: "Enter it." }] }
      : { kind: "ready", integration };
  const isAdministrator = async (userId: string) => userId === administrator;
  const shown: Shown[] = [];
  const show = (what: Shown["what"]): EphemeralPosts["send"] => {
    return async (userId, place, post) => void shown.push({ what, userId, place, post });
  };
  const ephemeral = { send: show("send"), update: show("update") };
  const newId = () => "n".repeat(26);
  const administrators = { isAdministrator };
  const respond = httpApp({ setup: () => setup, administrators, ephemeral: () => ephemeral, newId, log });
  return {
    log,
    /** What the bot showed to one person. */
    shown,
    ask: (method: string, path: string, asked: Asked = {}): Promise<Response> => {
      const headers = new Headers(asked.headers);
      if (asked.as !== undefined) headers.set("mattermost-user-id", asked.as);
      const body = asked.body ?? null;
      return respond(new Request(`http://plugin${path}`, { method, headers, body }));
    },
  };
}

interface Shown {
  readonly what: "send" | "update";
  readonly userId: string;
  readonly place: EphemeralPlace;
  readonly post: EphemeralPost;
}

interface Asked {
  /** The person Mattermost names. */
  readonly as?: string;
  readonly body?: string | ReadableStream<Uint8Array>;
  readonly headers?: Readonly<Record<string, string>>;
}
