import type { ErrorAnswer } from "./contract.ts";

const headers = {
  "content-type": "application/json; charset=utf-8",
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
};

export function jsonAnswer<Body>(body: Body, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers });
}

export function errorAnswer(status: number, message: string): Response {
  return jsonAnswer<ErrorAnswer>({ message }, status);
}

export const notSetUp =
  "Microsoft Teams Notifications is not set up yet. Please ask your system administrator.";

export function signInFirst(): Response {
  return errorAnswer(401, "Please sign in to Mattermost and try again.");
}
