import { Logger } from "graphile-worker";
import type { Log } from "../../application/log.ts";

/**
 * graphile-worker's own messages in our log. Its texts may quote an error of a task, so only the scope is taken over:
 * which task failed and in which job. The reason is in our own record of the entry.
 */
export function workerLogger(log: Log): Logger {
  return new Logger((scope) => {
    const fields = {
      ...(scope.taskIdentifier === undefined ? {} : { task: scope.taskIdentifier }),
      ...(scope.jobId === undefined ? {} : { job: scope.jobId }),
    };
    return (level) => {
      if (level === "error") log.error("The work queue reports a failure", fields);
      // Its warnings are advice on settings, and the pool is smaller than the concurrency on purpose.
      else if (level === "warning") log.debug("The work queue has an advice", fields);
    };
  });
}
