/** Mattermost's HealthCheckDeactivationWindow and …NumRestartsLimit. */
export const failureWindowMs = 60 * 60_000;
export const failuresUntilStopped = 3;

export type AfterFailure = "restart" | "stop";

/** Remembers when a plugin failed its health checks and says whether it may be started again. */
export class FailureWindow {
  #failures: number[] = [];

  /** Records a failure; the third within an hour stops the plugin for good. */
  failed(atMs: number): AfterFailure {
    this.#failures = [...this.#failures, atMs].slice(-failuresUntilStopped);
    const oldest = this.#failures[0] ?? atMs;
    const often = this.#failures.length === failuresUntilStopped && atMs - oldest <= failureWindowMs;
    return often ? "stop" : "restart";
  }
}
