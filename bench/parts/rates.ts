import { Readings } from "../readings.ts";
import { count, megabytes, type Row } from "../row.ts";
import { median, pairedRatio } from "../statistics.ts";
import { buildPlugins, measure } from "../tools.ts";

const rounds = 7;
const leastShare = 0.5;

/** The loads of interop/bench/measure/loads.go; those with a target are what the issue names. */
const loads = [
  { what: "api-get-user-1", measure: "API calls per second, GetUser, one at a time", hasTarget: true },
  { what: "api-get-user-32", measure: "API calls per second, GetUser, 32 at a time", hasTarget: true },
  { what: "api-create-post-32", measure: "API calls per second, CreatePost, 32 at a time", hasTarget: true },
  { what: "hook-1", measure: "Hook calls per second, MessageWillBePosted, one at a time", hasTarget: false },
  { what: "hook-32", measure: "Hook calls per second, MessageWillBePosted, 32 at a time", hasTarget: false },
  { what: "http-get-1", measure: "ServeHTTP per second, GET, one at a time", hasTarget: true },
  { what: "http-get-32", measure: "ServeHTTP per second, GET, 32 at a time", hasTarget: true },
  { what: "http-post-32", measure: "ServeHTTP per second, POST of 10 kB, 32 at a time", hasTarget: true },
] as const;

/** The small plugin against its twin in Go, in one Go host, in turn. */
export function rates(): readonly Row[] {
  const readings = Readings.parse(measure("rates", rounds, { ...buildPlugins() }));
  const memory = (state: "idle" | "loaded", measured: string): readonly Row[] => {
    const [own, go] = [readings.of(`rss-${state}-mb`, "typescript"), readings.of(`rss-${state}-mb`, "go")];
    // Not every system tells.
    if (own.length === 0) return [];
    return [
      { measure: measured, result: megabytes(median(own) * 1e6), goPlugin: megabytes(median(go) * 1e6) },
    ];
  };
  return [
    ...loads.map(({ what, measure, hasTarget }) => {
      const [own, go] = [readings.of(what, "typescript"), readings.of(what, "go")];
      const ratio = pairedRatio(own, go);
      return {
        measure,
        result: `${count(median(own))} (${ratio.toFixed(2)} ×)`,
        goPlugin: count(median(go)),
        ...(hasTarget ? { target: `≥ ${leastShare.toFixed(2)} ×`, met: ratio >= leastShare } : {}),
      };
    }),
    ...memory("idle", "Memory (RSS) of the small plugin, idle"),
    ...memory("loaded", "Memory (RSS) of the small plugin, after these loads"),
  ];
}
