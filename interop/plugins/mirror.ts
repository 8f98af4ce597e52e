/**
 * A plugin that does what a test tells it over HTTP: `POST /call` calls an API method by its author's name, `PUT /hooks/<Hook>`
 * prepares a hook's answer, `GET /hooks/<Hook>` tells its last arguments, `/fetch/…` goes on to another plugin.
 */
import { runPlugin } from "../../packages/plugin-sdk/src/go-plugin/run-plugin.ts";
import type { Api } from "../../packages/plugin-sdk/src/index.ts";
import { describeFailure, type Failure } from "./failures.ts";
import { MirroredHooks } from "./mirrored-hooks.ts";
import { fromPlainJson, toPlainJson } from "./plain-json.ts";

let api: Api;
const hooks = new MirroredHooks();

interface Call {
  readonly method: string;
  readonly args: readonly unknown[];
}

async function call({ method, args }: Call): Promise<unknown> {
  const found = method.split(".").reduce<unknown>((part, name) => Reflect.get(Object(part), name), api);
  if (typeof found !== "function") throw new Error(`The API has no ${method}`);
  return found(...args.map((arg) => arg ?? undefined));
}

async function outcome(run: () => Promise<unknown>): Promise<Response> {
  let answer: { readonly result?: unknown; readonly failure?: Failure };
  try {
    answer = { result: await run() };
  } catch (thrown) {
    answer = { failure: describeFailure(thrown) };
  }
  return new Response(toPlainJson(answer), { headers: { "content-type": "application/json" } });
}

async function route(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  if (pathname === "/call") {
    const wanted = fromPlainJson(await request.text()) as Call;
    return await outcome(() => call(wanted));
  }
  if (pathname.startsWith("/fetch/")) {
    const { method, headers } = request;
    const body = method === "GET" ? null : await request.arrayBuffer();
    const onward = new Request(`http://plugins${pathname.slice("/fetch".length)}${search}`, {
      method,
      headers,
      body,
    });
    return await api.plugins.fetch(onward);
  }
  const name = pathname.slice("/hooks/".length);
  if (request.method === "PUT") {
    hooks.prepare(name, fromPlainJson(await request.text()) as Parameters<typeof hooks.prepare>[1]);
    return new Response(null, { status: 204 });
  }
  return await outcome(() => Promise.resolve(hooks.heard(name)));
}

await runPlugin(() =>
  Promise.resolve({
    ...hooks.all(),
    onActivate(activation) {
      ({ api } = activation);
    },
    serveHttp: route,
    serveMetrics: (request, context) =>
      new Response(`${request.method} ${new URL(request.url).pathname} ${context.userAgent}`),
  }),
);
