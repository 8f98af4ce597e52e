import { afterEach, describe, expect, test } from "bun:test";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Session } from "../model/user.ts";
import type { ForwardedRequest } from "../node/plugin-gateway.ts";
import { parseManifest } from "../plugins/manifest.ts";
import { publishWebBundle } from "../plugins/web-bundle.ts";
import { startTestInstallation, type TestInstallation } from "../testing/installation.ts";
import type { MemoryPlugin } from "../testing/memory-plugins.ts";

let resources = new AsyncDisposableStack();
afterEach(async () => {
  await resources.disposeAsync();
  resources = new AsyncDisposableStack();
});

const id = "teams.plugin";

interface Scene extends TestInstallation {
  readonly url: string;
  readonly seen: { readonly request: ForwardedRequest; readonly session: Session | undefined }[];
}

async function start(plugin: Partial<Omit<MemoryPlugin, "manifest">> = {}): Promise<Scene> {
  const installation = resources.use(await startTestInstallation());
  const seen: Scene["seen"] = [];
  installation.plugins.define(id, {
    serveHttp: async (request, session) => {
      seen.push({ request, session });
      return new Response("from the plugin", { headers: { "x-plugin": "yes" } });
    },
    ...plugin,
  });
  return { ...installation, url: `${installation.mattermost.url}/plugins/${id}`, seen };
}

describe("a request to a plugin", () => {
  test("arrives with its path behind the plugin's id and names the signed-in person", async () => {
    const { ada, url, seen, mattermost } = await start();
    const answer = await fetch(`${url}/api/v1/x?a=1&access_token=secret`, {
      headers: { authorization: `Bearer ${ada.token}`, referer: "http://page", "x-own": "1" },
    });
    expect(answer.headers.get("x-plugin")).toBe("yes");
    expect(await answer.text()).toBe("from the plugin");
    const [{ request, session } = {}] = seen;
    expect(request).toMatchObject({ method: "GET", url: "/api/v1/x?a=1" });
    expect(request?.requestUri).toBe(`/plugins/${id}/api/v1/x?a=1`);
    expect(request?.host).toBe(new URL(mattermost.url).host);
    expect(request?.remoteAddr).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(session?.userId).toBe(ada.id);
    expect(request?.headers.get("mattermost-user-id")).toBe(ada.id);
    expect(request?.headers.get("x-own")).toBe("1");
    expect(request?.headers.has("authorization")).toBe(false);
    for (const name of ["referer", "host", "transfer-encoding"]) {
      expect(request?.headers.has(name)).toBe(false);
    }
  });

  test("can not claim to come from a person or a plugin", async () => {
    const { url, seen } = await start();
    await fetch(url, { headers: { "mattermost-user-id": "admin", "mattermost-plugin-id": "other" } });
    expect(seen[0]?.request.url).toBe("/");
    expect(seen[0]?.request.headers.has("mattermost-user-id")).toBe(false);
    expect(seen[0]?.request.headers.has("mattermost-plugin-id")).toBe(false);
  });

  test("keeps a token that is not Mattermost's and arrives without a person", async () => {
    const { url, seen } = await start();
    await fetch(url, { headers: { authorization: "Bearer of-microsoft" } });
    expect(seen[0]?.session).toBeUndefined();
    expect(seen[0]?.request.headers.get("authorization")).toBe("Bearer of-microsoft");
  });

  test("loses the session cookie and keeps the others", async () => {
    const { ada, url, seen } = await start();
    await fetch(url, { headers: { cookie: `a=1; MMAUTHTOKEN=${ada.token}; b=2` } });
    expect(seen[0]?.request.headers.get("cookie")).toBe("a=1; b=2");
    expect(seen[0]?.session?.userId).toBe(ada.id);
    await fetch(url, { headers: { cookie: `MMAUTHTOKEN=${ada.token}` } });
    expect(seen[1]?.request.headers.has("cookie")).toBe(false);
  });

  test("with a cookie writes for the person only with proof, and arrives all the same", async () => {
    const { mattermost, ada, url, seen } = await start();
    const csrf = mattermost.system.sessions.find(ada.token)?.csrfToken ?? "";
    const cookie = `MMAUTHTOKEN=${ada.token}`;
    const send = (headers: Record<string, string>, body = "", method = "POST") =>
      fetch(url, { method, headers: { cookie, ...headers }, ...(method === "HEAD" ? {} : { body }) });
    const form = "application/x-www-form-urlencoded";
    await send({});
    await send({}, "", "HEAD");
    await send({ "x-csrf-token": csrf });
    await send({ "x-requested-with": "XMLHttpRequest" });
    await send({ "content-type": form }, `csrf=${csrf}&x=1`);
    await send({ "content-type": form }, "csrf=guessed");
    expect(seen.map(({ session }) => session !== undefined)).toEqual([false, false, true, true, true, false]);
    expect(await new Response(seen[4]?.request.body).text()).toBe(`csrf=${csrf}&x=1`);
  });

  test("streams both ways: the answer begins before the body has ended", async () => {
    const { url } = await start({
      serveHttp: async (request) => new Response(request.body),
    });
    const body = new TransformStream<Uint8Array, Uint8Array>();
    const writer = body.writable.getWriter();
    const words = (text: string) => new TextEncoder().encode(text);
    void writer.write(words("first "));
    const answer = await fetch(url, { method: "POST", body: body.readable });
    const reader = answer.body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe("first ");
    void writer.write(words("second"));
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe("second");
    await writer.close();
    expect((await reader?.read())?.done).toBe(true);
  });

  test("ends at the plugin when the client goes away", async () => {
    const arrived = Promise.withResolvers<AbortSignal>();
    const { url } = await start({
      serveHttp: async (request) => {
        arrived.resolve(request.signal);
        return new Promise<Response>(() => undefined);
      },
    });
    const controller = new AbortController();
    const asked = fetch(url, { signal: controller.signal }).catch((error: unknown) => error);
    const signal = await arrived.promise;
    const aborted = new Promise((resolve) => signal.addEventListener("abort", resolve));
    controller.abort();
    await Promise.all([aborted, asked]);
    expect(signal.aborted).toBe(true);
  });

  test("is answered 404 when nobody serves it and 501 when plugins are off", async () => {
    const { mattermost, url, plugins } = await start();
    expect((await fetch(`${mattermost.url}/plugins/unknown/x`)).status).toBe(404);
    await plugins.disable(id);
    expect((await fetch(url)).status).toBe(404);
    await mattermost.system.configuration.patch({ PluginSettings: { Enable: false } });
    expect((await fetch(url)).status).toBe(501);
  });
});

describe("files of a plugin", () => {
  async function directory(): Promise<string> {
    const root = await mkdtemp(join(tmpdir(), "plugin-"));
    resources.defer(() => rm(root, { recursive: true }));
    await mkdir(join(root, "public/icons"), { recursive: true });
    await mkdir(join(root, "web"));
    await writeFile(join(root, "plugin.json"), "{}");
    await writeFile(join(root, "public/icons/a b.svg"), "<svg/>");
    await writeFile(join(root, "web/main.js"), "registerPlugin()");
    await writeFile(join(root, "web/chunk.js"), "chunk");
    return root;
  }

  test("under public/ are served to anybody while it runs", async () => {
    const { url, plugins, seen } = await start({ root: await directory() });
    const icon = await fetch(`${url}/public/icons/a%20b.svg`);
    expect([icon.status, icon.headers.get("content-type")]).toEqual([200, "image/svg+xml"]);
    for (const path of ["icons/", "icons", "missing.svg", "..%2fplugin.json", "%2e%2e/plugin.json"]) {
      expect((await fetch(`${url}/public/${path}`)).status).not.toBe(500);
      expect(await (await fetch(`${url}/public/${path}`)).text()).not.toBe("{}");
    }
    await plugins.disable(id);
    expect((await fetch(`${url}/public/icons/a%20b.svg`)).status).toBe(404);
    expect(seen.every(({ request }) => !request.url.includes("svg"))).toBe(true);
  });

  test("of its web half lie under a name with their hash and are listed for the web app", async () => {
    const root = await directory();
    const manifest = parseManifest(
      JSON.stringify({
        id,
        name: "Teams",
        description: "secret",
        version: "1.2.3",
        server: { executable: "x" },
        webapp: { bundle_path: "web/main.js" },
      }),
    );
    const webBundle = await publishWebBundle(root, manifest);
    if (!webBundle) throw new Error("There is a bundle.");
    const { mattermost } = await start({ published: { manifest, webBundle } });
    const listed = await (await fetch(`${mattermost.url}/api/v4/plugins/webapp`)).json();
    expect(listed).toEqual([{ id, version: "1.2.3", webapp: { bundle_path: webBundle.path } }]);
    expect(webBundle.path).toMatch(
      /^\/static\/plugins\/teams\.plugin\/teams\.plugin_[0-9a-f]{16}_bundle\.js$/,
    );
    const bundle = await fetch(`${mattermost.url}${webBundle.path}`);
    expect(await bundle.text()).toBe("registerPlugin()");
    expect(bundle.headers.get("content-type")).toStartWith("text/javascript");
    expect(bundle.headers.get("cache-control")).toContain("max-age=31556926");
    expect(await (await fetch(`${mattermost.url}/static/plugins/${id}/chunk.js`)).text()).toBe("chunk");
    expect((await fetch(`${mattermost.url}/static/plugins/${id}/..%2fplugin.json`)).status).toBe(404);
  });
});

describe("the metrics listener", () => {
  test("asks the plugin without sign-in and only when metrics are on", async () => {
    const asked: string[] = [];
    const { mattermost } = await start({
      serveMetrics: async (request) => {
        asked.push(request.url);
        return new Response("posts_total 3\n");
      },
    });
    const base = `${mattermost.nodes[0]?.metricsUrl}/plugins/${id}/metrics`;
    expect(await (await fetch(base)).text()).toBe("posts_total 3\n");
    await fetch(`${base}/detail?x=1`);
    expect(asked).toEqual(["/", "/detail?x=1"]);
    await mattermost.system.configuration.patch({ MetricsSettings: { Enable: false } });
    expect((await fetch(base)).status).toBe(404);
  });
});
