import { expect, test } from "bun:test";
import type { Backlog } from "../../application/integration.ts";
import { PrometheusMetrics } from "./prometheus-metrics.ts";

const textOf = async (metrics: PrometheusMetrics) => (await metrics.response()).text();

test("Counts are kept apart by their labels", async () => {
  const metrics = new PrometheusMetrics(async () => undefined);
  metrics.count("notifications_received", { result: "stored" });
  metrics.count("notifications_received", { result: "stored" }, 2);
  metrics.count("notifications_received", { result: "repeated" });
  metrics.count("subscription_changes", { change: "create", result: "ok" });
  const lines = (await textOf(metrics)).split("\n");
  expect(lines).toContain('msteams_notifications_notifications_received_total{result="stored"} 3');
  expect(lines).toContain('msteams_notifications_notifications_received_total{result="repeated"} 1');
  expect(lines).toContain('msteams_notifications_subscription_changes_total{change="create",result="ok"} 1');
  expect(lines).toContain("# TYPE msteams_notifications_notifications_received_total counter");
});

test("Durations fall into buckets of milliseconds", async () => {
  const metrics = new PrometheusMetrics(async () => undefined);
  metrics.observe("delivery_ms", 40);
  metrics.observe("delivery_ms", 700);
  const lines = (await textOf(metrics)).split("\n");
  expect(lines).toContain('msteams_notifications_delivery_ms_bucket{le="25"} 0');
  expect(lines).toContain('msteams_notifications_delivery_ms_bucket{le="50"} 1');
  expect(lines).toContain('msteams_notifications_delivery_ms_bucket{le="1000"} 2');
  expect(lines).toContain("msteams_notifications_delivery_ms_sum 740");
  expect(lines).toContain("msteams_notifications_delivery_ms_count 2");
});

test("Every metric is described before anything happened", async () => {
  const names =
    (await textOf(new PrometheusMetrics(async () => undefined))).match(/^# HELP (\S+) \S/gm) ?? [];
  expect(names).toHaveLength(17);
  expect(names.every((line) => line.startsWith("# HELP msteams_notifications_"))).toBe(true);
});

test("Two of them share nothing", async () => {
  const [one, other] = [
    new PrometheusMetrics(async () => undefined),
    new PrometheusMetrics(async () => undefined),
  ];
  one.count("presence_unreachable", {});
  expect(await textOf(one)).toContain("presence_unreachable_total 1");
  expect(await textOf(other)).toContain("presence_unreachable_total 0");
});

test("The answer is in Prometheus' text format", async () => {
  const answer = await new PrometheusMetrics(async () => undefined).response();
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
});

test("What waits and what was given up is measured when it is asked for", async () => {
  let backlog: Backlog | undefined = { pending: 3, held: 2, dead: 1 };
  const metrics = new PrometheusMetrics(async () => backlog);
  const lines = async () => (await textOf(metrics)).split("\n");
  expect(await lines()).toContain("msteams_notifications_inbox_pending 3");
  expect(await lines()).toContain("msteams_notifications_inbox_held 2");
  expect(await lines()).toContain("msteams_notifications_inbox_dead 1");
  backlog = undefined;
  expect(await lines()).toContain("msteams_notifications_inbox_dead Nan");
});

test("A database that cannot be asked leaves the other metrics readable", async () => {
  const metrics = new PrometheusMetrics(() => Promise.reject(new Error("no database")));
  metrics.count("presence_unreachable", {});
  const lines = (await textOf(metrics)).split("\n");
  expect(lines).toContain("msteams_notifications_presence_unreachable_total 1");
  expect(lines).toContain("msteams_notifications_inbox_pending Nan");
});
