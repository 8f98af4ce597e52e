import { describe, expect, test } from "bun:test";
import { startTestInstallation } from "./testing/installation.ts";

describe("an installation", () => {
  test("knows its own address, one database and one team", async () => {
    await using installation = await startTestInstallation({ dataSource: "postgres://one" });
    const { mattermost } = installation;
    const { ServiceSettings, SqlSettings } = mattermost.system.configuration.current;
    expect(mattermost.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(ServiceSettings.SiteURL).toBe(mattermost.url);
    expect(SqlSettings.DataSource).toBe("postgres://one");
    expect(mattermost.team).toMatchObject({ name: "contoso", displayName: "Contoso" });
  });

  test("keeps an address that it was given", async () => {
    await using installation = await startTestInstallation({ siteUrl: "https://chat.example/sub/" });
    const { configuration } = installation.mattermost.system;
    expect(configuration.current.ServiceSettings.SiteURL).toBe("https://chat.example/sub");
  });

  test("answers on every node about the same people", async () => {
    await using installation = await startTestInstallation({ nodes: 3 });
    const { mattermost, ada } = installation;
    const urls = mattermost.nodes.map((node) => node.url);
    expect(new Set(urls).size).toBe(3);
    expect(new Set(mattermost.nodes.map((node) => node.id)).size).toBe(3);
    for (const url of urls) {
      const response = await fetch(`${url}/api/v4/users/me`, {
        headers: { authorization: `Bearer ${ada.token}` },
      });
      expect(await response.json()).toMatchObject({ id: ada.id });
    }
  });

  test("is gone when it has stopped, as often as one says so", async () => {
    const installation = await startTestInstallation({ nodes: 2 });
    const { mattermost, ada } = installation;
    await mattermost.stop();
    await mattermost.stop();
    for (const { url, metricsUrl } of mattermost.nodes) {
      await expect(fetch(`${url}/api/v4/system/ping`)).rejects.toThrow();
      await expect(fetch(metricsUrl)).rejects.toThrow();
    }
    expect(mattermost.system.events.subscribers).toBe(0);
    await expect(ada.get("/users/me")).rejects.toThrow();
  });

  test("needs a node", async () => {
    await expect(startTestInstallation({ nodes: 0 })).rejects.toThrow(RangeError);
  });
});
