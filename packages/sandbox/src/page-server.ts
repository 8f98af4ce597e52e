import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { pluginId } from "@msteams-notifications/server/contract";
import { Hono } from "hono";
import { getCookie } from "hono/cookie";
import { type Listening, listen } from "./listen.ts";
import type { MattermostRestClient, RestUser } from "./mattermost/rest-client.ts";
import { type Person, password } from "./people.ts";

export interface PageServerOptions {
  readonly port: number;
  readonly controlUrl: string;
  /** Where the page's Mattermost half talks to; its sign-ins are this server's. */
  readonly mattermostUrl: string;
  /** False when people use their own Mattermost in another tab. */
  readonly showsMattermost: boolean;
  readonly admin: MattermostRestClient;
  readonly people: readonly ShownPerson[];
}

export type ShownPerson = Pick<Person, "username" | "displayName" | "role"> & {
  readonly inMattermost: boolean;
};

/** What the page has to know before it shows anything. */
export interface PageStart {
  readonly mattermostUrl: string;
  readonly showsMattermost: boolean;
  readonly people: readonly ShownPerson[];
}

/** Mattermost's own for its web app (facts, section 6): plugins' scripts come from the server or not at all. */
const pageHeaders = { "content-security-policy": "frame-ancestors 'self'; script-src 'self'" };

const sourceFile = (name: string) => fileURLToPath(new URL(`./page/${name}`, import.meta.url));

/** Serves the page and stands between it and the two worlds it shows, so that the browser sees one origin. */
export async function startPageServer(options: PageServerOptions): Promise<Listening> {
  const app = new Hono();
  const [html, css] = [
    readFileSync(sourceFile("index.html"), "utf8"),
    readFileSync(sourceFile("page.css"), "utf8"),
  ];
  const script = await pageScript();
  const icon = readFileSync(fileURLToPath(new URL("../../../assets/icon.svg", import.meta.url)), "utf8");
  const picture = readFileSync(sourceFile("examples/mooring-plan.png"));
  // The second is how Mattermost's web app is addressed: a team, and a channel or somebody to write to.
  for (const path of ["/", "/:team/:kind{messages|channels}/:name"])
    app.get(path, (context) => context.html(html, 200, pageHeaders));
  app.get("/page.css", (context) => context.body(css, 200, { "content-type": "text/css" }));
  app.get("/page.js", (context) => context.body(script, 200, { "content-type": "text/javascript" }));
  app.get("/icon.svg", (context) => context.body(icon, 200, { "content-type": "image/svg+xml" }));
  app.get("/examples/mooring-plan.png", (context) =>
    context.body(picture, 200, { "content-type": "image/png" }),
  );
  app.get("/start", (context) => context.json(pageStart(options)));
  app.get("/session", (context) => session(options.mattermostUrl, getCookie(context, "MMAUTHTOKEN")));
  app.post("/sign-in/:username", (context) => signIn(options.mattermostUrl, context.req.param("username")));
  app.get("/timeline", async (context) => context.json(await timeline(options.admin)));
  // Whoever sent the request tells what went wrong; it is the sandbox's end more often than a fault.
  app.onError(({ message }, context) => context.json({ message }, 502));
  app.all("/teams/*", (context) => forwarded(context.req.raw, "/teams", options.controlUrl));
  app.all("/mattermost/*", (context) => forwarded(context.req.raw, "/mattermost", options.mattermostUrl));
  return listen((request) => app.fetch(request), options.port);
}

function pageStart({ mattermostUrl, showsMattermost, people }: PageServerOptions): PageStart {
  const shown = people.map(({ username, displayName, role, inMattermost }) => ({
    username,
    displayName,
    role,
    inMattermost,
  }));
  return { mattermostUrl, showsMattermost, people: shown };
}

/** Who is signed in by the browser's cookie; the page cannot read it, and its websocket needs what is in it. */
async function session(mattermostUrl: string, token: string | undefined): Promise<Response> {
  if (token === undefined) return new Response(null, { status: 204 });
  const answer = await fetch(`${mattermostUrl}/api/v4/users/me`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return answer.ok
    ? Response.json({ token, user: await answer.json() })
    : new Response(null, { status: 204 });
}

/** Signs the browser in as that person: Mattermost's own cookies, which browsers send to every port of the host. */
async function signIn(mattermostUrl: string, username: string): Promise<Response> {
  const answer = await fetch(`${mattermostUrl}/api/v4/users/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ login_id: username, password }),
  });
  const headers = new Headers({ "content-type": "application/json" });
  for (const cookie of answer.headers.getSetCookie()) headers.append("set-cookie", cookie);
  const token = answer.headers.get("token");
  return new Response(JSON.stringify({ token, user: await answer.json() }), {
    status: answer.status,
    headers,
  });
}

async function forwarded(request: Request, prefix: string, target: string): Promise<Response> {
  const url = new URL(request.url);
  const headers = new Headers(request.headers);
  // Both would describe this hop, not the next one; the control API refuses foreign origins.
  for (const name of ["host", "origin", "connection", "accept-encoding"]) headers.delete(name);
  const hasBody = request.method !== "GET" && request.method !== "HEAD";
  const answer = await fetch(`${target}${url.pathname.slice(prefix.length)}${url.search}`, {
    method: request.method,
    headers,
    redirect: "manual",
    ...(hasBody ? { body: await request.arrayBuffer() } : {}),
  });
  const answered = new Headers(answer.headers);
  answered.delete("content-encoding");
  answered.delete("content-length");
  return new Response(answer.body, { status: answer.status, headers: answered });
}

interface Deliveries {
  readonly deliveries: readonly { readonly userId: string }[];
}

/** The latest outcomes with the names of their readers. */
async function timeline(admin: MattermostRestClient): Promise<Deliveries> {
  const path = `/plugins/${pluginId}/api/v1/admin/deliveries?limit=12`;
  const { deliveries } = await admin.request<Deliveries>("GET", path);
  const ids = [...new Set(deliveries.map(({ userId }) => userId))];
  const users = await admin.request<readonly RestUser[]>("POST", "/api/v4/users/ids", ids);
  const names = new Map(users.map(({ id, username }) => [id, username]));
  return { deliveries: deliveries.map((each) => ({ ...each, username: names.get(each.userId) })) };
}

async function pageScript(): Promise<string> {
  const built = await Bun.build({
    entrypoints: [sourceFile("main.tsx")],
    target: "browser",
    format: "iife",
    minify: true,
    throw: false,
  });
  const [script] = built.outputs;
  if (!built.success || script === undefined)
    throw new Error(`The page could not be bundled:\n${built.logs.join("\n")}`);
  return script.text();
}
