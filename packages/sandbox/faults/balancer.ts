import { serve } from "@hono/node-server";

/** A load balancer in front of the nodes, as a cluster has one: requests go around, a node that is gone is passed over. */
export interface Balancer extends AsyncDisposable {
  readonly url: string;
  /** Addresses of the nodes, without trailing slashes. */
  targets: readonly string[];
}

/** What a balancer says when no node answers. */
const badGateway = 502;

export async function startBalancer(): Promise<Balancer> {
  let next = 0;
  let targets: readonly string[] = [];
  const forward = async (request: Request): Promise<Response> => {
    const { pathname, search } = new URL(request.url);
    const headers = new Headers(request.headers);
    for (const name of ["host", "connection", "accept-encoding"]) headers.delete(name);
    const hasBody = !["GET", "HEAD"].includes(request.method);
    const body = hasBody ? await request.arrayBuffer().catch(() => undefined) : undefined;
    // Who sent half a request and left does not read the answer.
    if (hasBody && body === undefined) return new Response(null, { status: 400 });
    for (let tried = 0; tried < targets.length; tried += 1) {
      next = (next + 1) % targets.length;
      const answer = await fetch(`${targets[next]}${pathname}${search}`, {
        method: request.method,
        headers,
        redirect: "manual",
        ...(body === undefined ? {} : { body }),
      }).catch(() => undefined);
      if (answer !== undefined) return passedOn(answer);
    }
    return new Response("no node answers", { status: badGateway });
  };
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const server = serve({ fetch: forward, hostname: "127.0.0.1", port: 0 }, ({ port }) => resolve(port));
  server.on("error", reject);
  const url = `http://127.0.0.1:${await promise}`;
  return {
    url,
    get targets() {
      return targets;
    },
    set targets(urls) {
      targets = urls;
    },
    [Symbol.asyncDispose]: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        if ("closeAllConnections" in server) server.closeAllConnections();
      }),
  };
}

function passedOn(answer: Response): Response {
  const headers = new Headers(answer.headers);
  for (const name of ["content-encoding", "content-length", "transfer-encoding"]) headers.delete(name);
  return new Response(answer.body, { status: answer.status, headers });
}
