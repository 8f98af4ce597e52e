import type { GraphErrorCode } from "../graph/graph-error.ts";

const askAdministrator = "Please tell your system administrator.";

/** One or two sentences for the person whose connection needs the subscription: what stands in the way, who can change it. */
export function explainRefusal(code: GraphErrorCode): string {
  switch (code) {
    case "limit-reached":
      return `Microsoft does not allow this organisation any more message subscriptions. ${askAdministrator}`;
    case "forbidden":
    case "unauthorized":
      return `Microsoft does not let this Mattermost server read chat messages yet. ${askAdministrator}`;
    case "not-found":
      return "Microsoft does not find chats for this account. Check that it may use Teams, then connect again.";
    case "invalid-request":
      return `Microsoft could not reach this Mattermost server from the internet, or refused its request. ${askAdministrator}`;
    case "throttled":
    case "unavailable":
    case "unreachable":
      return "Microsoft cannot be reached at the moment. Please try again in a few minutes.";
    case "conflict":
    case "unexpected":
      return `Microsoft gave an answer that was not expected. Please try again; if it happens again, ${askAdministrator.toLowerCase()}`;
  }
}
