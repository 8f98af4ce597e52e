import { useEffect, useState } from "preact/hooks";
import { request } from "./http.ts";

interface Times {
  readonly sentAtMs: number;
  readonly receivedAtMs: number;
  readonly storedAtMs?: number;
  readonly startedAtMs?: number;
  readonly decryptedAtMs?: number;
  readonly decidedAtMs?: number;
  readonly endedAtMs?: number;
}

interface Delivery {
  readonly messageId: string;
  readonly userId: string;
  readonly username?: string;
  readonly outcome: { readonly kind: string; readonly reason?: string };
  readonly times: Times;
}

const steps: readonly (readonly [name: string, from: keyof Times, to: keyof Times])[] = [
  ["Graph", "sentAtMs", "receivedAtMs"],
  ["store", "receivedAtMs", "storedAtMs"],
  ["queue", "storedAtMs", "startedAtMs"],
  ["decrypt", "startedAtMs", "decryptedAtMs"],
  ["presence, policy", "decryptedAtMs", "decidedAtMs"],
  ["post", "decidedAtMs", "endedAtMs"],
];

const refreshMs = 1_000;

/** What happened to the latest messages, step by step. */
export function Timeline() {
  const [deliveries, setDeliveries] = useState<readonly Delivery[]>([]);
  useEffect(() => {
    const refresh = () =>
      request<{ deliveries: Delivery[] }>("GET", "/timeline").then(
        (answer) => setDeliveries(answer.deliveries),
        () => {},
      );
    void refresh();
    const timer = setInterval(refresh, refreshMs);
    return () => clearInterval(timer);
  }, []);
  return (
    <section class="timeline" aria-label="Timeline">
      <h2>
        Timeline <small>each message on its way, in milliseconds</small>
      </h2>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th>Sent</th>
              <th>For</th>
              <th>Outcome</th>
              {steps.map(([name]) => (
                <th key={name}>{name}</th>
              ))}
              <th>all</th>
            </tr>
          </thead>
          <tbody>
            {deliveries.map((delivery) => (
              <Row key={`${delivery.messageId} ${delivery.userId}`} delivery={delivery} />
            ))}
            {deliveries.length === 0 && (
              <tr>
                <td colSpan={10}>Nothing yet: send a message in Teams.</td>
              </tr>
            )}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Row({ delivery: { outcome, times, username, userId } }: { readonly delivery: Delivery }) {
  return (
    <tr>
      <td>{new Date(times.sentAtMs).toLocaleTimeString()}</td>
      <td>{username ?? userId.slice(0, 8)}</td>
      <td class={outcome.kind}>
        {outcome.reason === undefined ? outcome.kind : `${outcome.kind}: ${outcome.reason}`}
      </td>
      {steps.map(([name, from, to]) => (
        <td key={name}>{milliseconds(times[from], times[to])}</td>
      ))}
      <td>{milliseconds(times.sentAtMs, times.endedAtMs)}</td>
    </tr>
  );
}

function milliseconds(from: number | undefined, to: number | undefined): string {
  return from === undefined || to === undefined ? "–" : String(Math.max(0, Math.round(to - from)));
}
