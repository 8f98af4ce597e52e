import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { probeId } from "../testing/plugin-archive.ts";
import { Probed } from "../testing/probed.ts";

let probed: Probed;
beforeAll(async () => {
  probed = await Probed.active();
});
afterAll(() => probed[Symbol.asyncDispose]());

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (chunk: Uint8Array | undefined) => new TextDecoder().decode(chunk);

describe("requests to a plugin's process", () => {
  test("arrive with the person and without Mattermost's own credentials", async () => {
    const answer = await probed.fetch("/a/b?c=1", {
      headers: { authorization: `Bearer ${probed.ada.token}`, "mattermost-user-id": "forged", "x-own": "1" },
    });
    const { method, url, headers } = (await answer.json()) as {
      method: string;
      url: string;
      headers: Record<string, string>;
    };
    expect([method, new URL(url).pathname, new URL(url).search]).toEqual(["GET", "/a/b", "?c=1"]);
    expect(headers).toMatchObject({ "mattermost-user-id": probed.ada.id, "x-own": "1" });
    expect(headers.authorization).toBeUndefined();
  });

  test("stream both ways: the answer begins before the body has ended", async () => {
    const body = new TransformStream<Uint8Array, Uint8Array>();
    const writer = body.writable.getWriter();
    void writer.write(bytes("first "));
    const answer = await probed.fetch("/echo", { method: "POST", body: body.readable });
    const reader = answer.body?.getReader();
    expect(text((await reader?.read())?.value)).toBe("first ");
    void writer.write(bytes("second"));
    expect(text((await reader?.read())?.value)).toBe("second");
    await writer.close();
    expect((await reader?.read())?.done).toBe(true);
  });

  test("carry megabytes unharmed", async () => {
    const sent = crypto.getRandomValues(new Uint8Array(65_536));
    const body = Buffer.concat(Array.from({ length: 48 }, () => sent));
    const answer = await probed.fetch("/echo", { method: "POST", body });
    expect(Buffer.from(await answer.arrayBuffer()).equals(body)).toBe(true);
  });

  test("that a client gives up end in the plugin and are no failure of the server", async () => {
    const ended = probed.nextLog("An HTTP request failed.");
    const controller = new AbortController();
    const body = new TransformStream<Uint8Array, Uint8Array>();
    const asking = probed
      .fetch("/call", { method: "POST", body: body.readable, signal: controller.signal })
      .catch((error: unknown) => error);
    await body.writable.getWriter().write(bytes("{"));
    controller.abort();
    await asking;
    expect((await ended).fields).toMatchObject({ plugin_id: probeId });
    expect((await probed.fetch("/")).status).toBe(200);
    const messages = probed.mattermost.log.records.map(({ message }) => message);
    expect(messages).not.toContain("A request failed unexpectedly");
  });

  test("come from other plugins without a person, by an address that names the plugin and a path", async () => {
    const init = { method: "POST", body: "x", headers: { "mattermost-user-id": probed.ada.id } };
    const answer = (await probed.call("plugins", "fetch", `/${probeId}/y?z=1`, init)) as { text: string };
    const { method, url, headers } = JSON.parse(answer.text);
    expect([method, new URL(url).pathname + new URL(url).search]).toEqual(["POST", "/y?z=1"]);
    expect(headers["mattermost-plugin-id"]).toBe(probeId);
    expect(headers["mattermost-user-id"]).toBeUndefined();
    expect(await probed.call("plugins", "fetch", "/com.example.other/")).toEqual({
      status: 404,
      text: "404 page not found\n",
    });
    expect(await probed.call("plugins", "fetch", `/${probeId}`)).toMatchObject({ status: 400 });
  });
});

describe("the metrics listener", () => {
  test("asks the plugin's process, without its own prefix", async () => {
    const base = `${probed.mattermost.nodes[0]?.metricsUrl}/plugins/${probeId}/metrics`;
    expect(await (await fetch(base)).text()).toBe('probe_path{path="/"} 1\n');
    expect(await (await fetch(`${base}/detail`)).text()).toBe('probe_path{path="/detail"} 1\n');
    expect(
      (await fetch(`${probed.mattermost.nodes[0]?.metricsUrl}/plugins/other.plugin/metrics`)).status,
    ).toBe(404);
  });
});
