/** Mattermost's HealthCheckDeactivationWindow and …NumRestartsLimit. */
export const failureWindowMs = 60 * 60_000;
export const failuresUntilStopped = 3;

export type AfterFailure = "restart" | "stop";

/** Remembers when a plugin failed its health checks and says whether it may be started again. */
export class FailureWindow {
  #failures: readonly number[] = [];

  /** Records a failure; the third within an hour stops the plugin, and whoever enables it again begins anew. */
  failed(atMs: number): AfterFailure {
    const latest = [...this.#failures, atMs].slice(-failuresUntilStopped);
    const oldest = latest[0] ?? atMs;
    const often = latest.length === failuresUntilStopped && atMs - oldest <= failureWindowMs;
    this.#failures = often ? [] : latest;
    return often ? "stop" : "restart";
  }
}
