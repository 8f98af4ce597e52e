import type { ChatMessage } from "../tenant/message.ts";
import { badRequest } from "./graph-error.ts";
import { dateLiteral, parseFilter } from "./odata/filter.ts";

type MessageTime = "lastModifiedDateTime" | "createdDateTime";

const timeOf = (message: ChatMessage, property: MessageTime): number =>
  property === "createdDateTime" ? message.createdAt : message.lastModifiedAt;

function orderOf(orderBy: string | undefined): MessageTime {
  const match = /^(lastModifiedDateTime|createdDateTime)(?: (asc|desc))?$/.exec(
    orderBy ?? "createdDateTime desc",
  );
  if (match === null || match[2] !== "desc") {
    throw badRequest(
      "QueryOptions to order by is not supported: only lastModifiedDateTime desc and createdDateTime desc are.",
    );
  }
  return match[1] === "lastModifiedDateTime" ? "lastModifiedDateTime" : "createdDateTime";
}

/**
 * The messages of one chat, newest first, as the list-messages route orders and filters them (section 9): the
 * filter counts only when `$orderby` names the same property, otherwise it is silently ignored, as Graph does;
 * `createdDateTime` knows `lt` alone.
 */
export function orderedMessages(
  messages: readonly ChatMessage[],
  orderBy: string | undefined,
  filter: string | undefined,
): readonly ChatMessage[] {
  const order = orderOf(orderBy);
  const sorted = [...messages].sort(
    (a, b) => timeOf(b, order) - timeOf(a, order) || Number(b.id) - Number(a.id),
  );
  if (filter === undefined) return sorted;
  const [comparisons = [], ...alternatives] = parseFilter(filter);
  if (alternatives.length > 0) throw badRequest("The filter does not support 'or'.");
  if (orderBy === undefined || comparisons.some(({ property }) => property !== order)) return sorted;
  return sorted.filter((message) =>
    comparisons.every(({ operator, value }) => {
      const [actual, bound] = [timeOf(message, order), dateLiteral(value)];
      if (operator === "lt") return actual < bound;
      if (operator === "gt" && order === "lastModifiedDateTime") return actual > bound;
      throw badRequest(`The operator '${operator}' is not supported for ${order}.`);
    }),
  );
}
