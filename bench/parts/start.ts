import { Readings } from "../readings.ts";
import { milliseconds, type Row } from "../row.ts";
import { median, quantile } from "../statistics.ts";
import { buildPlugins, measure, product } from "../tools.ts";

const rounds = 15;
/** Mattermost gives a plugin 3 s; a tenth leaves room for slow disks and busy machines. */
const limitMs = 300;

/** From the start of the process to its handshake line; the executable is in the file cache. */
export function start(): readonly Row[] {
  const readings = Readings.parse(measure("start", rounds, { go: buildPlugins().go, product }));
  const own = readings.of("handshake-ms", "product");
  const go = median(readings.of("handshake-ms", "go"));
  const slowest = quantile(own, 1);
  return [
    {
      measure: "Start to handshake, median",
      result: milliseconds(median(own)),
      goPlugin: milliseconds(go),
      target: `< ${milliseconds(limitMs)}`,
      met: median(own) < limitMs,
    },
    { measure: `Start to handshake, slowest of ${rounds}`, result: milliseconds(slowest) },
  ];
}
