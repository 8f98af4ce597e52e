import { type MattermostOptions, openInstallation, type RunningMattermost } from "../installation.ts";
import { MemoryPlugins } from "./memory-plugins.ts";
import { RestClient } from "./rest-client.ts";

export const password = "correct horse";

/** An installation whose plugins live in the test, with an administrator and Ada and Ben in its team. */
export interface TestInstallation extends AsyncDisposable {
  readonly mattermost: RunningMattermost;
  readonly plugins: MemoryPlugins;
  readonly admin: RestClient;
  readonly ada: RestClient & { readonly id: string };
  readonly ben: RestClient & { readonly id: string };
}

export async function startTestInstallation(
  options: Partial<MattermostOptions> = {},
): Promise<TestInstallation> {
  const plugins = new MemoryPlugins();
  const administrator = { username: "admin", email: "admin@contoso.example", password };
  const mattermost = await openInstallation(
    { dataSource: "postgres://unused", administrator, ...options },
    async () => plugins,
  );
  const { system, url } = mattermost;
  const person = (username: string, displayName: string) => {
    const email = `${username}@contoso.example`;
    const user = mattermost.addPerson({ username, email, displayName, password });
    return Object.assign(new RestClient(url, system.tokenFor(user).token), { id: user.id });
  };
  return {
    mattermost,
    plugins,
    admin: new RestClient(url, system.tokenFor(mattermost.administrator).token),
    ada: person("ada", "Ada Byron"),
    ben: person("ben", "Ben Okafor"),
    [Symbol.asyncDispose]: () => mattermost.stop(),
  };
}
