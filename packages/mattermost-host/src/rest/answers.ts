import { AppError } from "../app-error.ts";
import type { MattermostSystem } from "../system/system.ts";

/** A failure as Mattermost's clients read it. What is no AppError is logged and answered without its words. */
export function errorAnswer(system: MattermostSystem, error: unknown): Response {
  const known = error instanceof AppError ? error : undefined;
  if (!known) {
    const words = error instanceof Error ? `${error.name}: ${error.message}` : typeof error;
    system.log.write("error", "A request failed unexpectedly", { error: words });
  }
  const status = known?.statusCode ?? 500;
  const json = {
    id: known?.id ?? "api.internal_error",
    message: known?.message ?? "The server failed in an unexpected way; its log tells more.",
    detailed_error: known?.detail ?? "",
    request_id: system.newId(),
    status_code: status,
  };
  return Response.json(json, { status });
}
