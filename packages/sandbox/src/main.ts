import { parseArguments, type SandboxArguments, usage } from "./arguments.ts";
import type { Listening } from "./listen.ts";
import { startPageServer } from "./page-server.ts";
import { startBesideRealServer } from "./real-server.ts";
import { startSandbox } from "./sandbox.ts";
import { showSandbox } from "./show-sandbox.ts";

function readArguments(): SandboxArguments {
  try {
    return parseArguments(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`);
    process.exit(2);
  }
}

async function withOwnMattermost(opened: AsyncDisposableStack, port: number): Promise<Listening> {
  return showSandbox(opened.use(await startSandbox()), port);
}

async function withRealMattermost(
  opened: AsyncDisposableStack,
  port: number,
  { url, token }: { readonly url: string; readonly token: string },
): Promise<Listening> {
  const real = opened.use(await startBesideRealServer(url, token));
  return startPageServer({
    port,
    controlUrl: real.tenant.controlUrl,
    mattermostUrl: url,
    admin: real.admin,
    showsMattermost: false,
    people: real.people.map((person) => ({ ...person, inMattermost: true })),
  });
}

const chosen = readArguments();
const opened = new AsyncDisposableStack();
try {
  const page =
    chosen.mattermost === undefined
      ? await withOwnMattermost(opened, chosen.port)
      : await withRealMattermost(opened, chosen.port, chosen.mattermost);
  opened.use(page);
  console.log(`Open ${page.url} — Ctrl-C stops it.`);
} catch (error) {
  console.error(`The sandbox did not start. ${error instanceof Error ? error.message : error}`);
  await opened.disposeAsync();
  process.exit(1);
}

let stopping = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (stopping) process.exit(1);
    stopping = true;
    opened.disposeAsync().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
}
