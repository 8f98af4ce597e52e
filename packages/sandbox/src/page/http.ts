/** A request to one of the two worlds failed; the message is the world's own. */
export class RequestFailed extends Error {
  override readonly name = "RequestFailed";
}

export async function request<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const csrfToken = /(?:^|;\s*)MMCSRF=([^;]*)/.exec(document.cookie)?.[1];
  const response = await fetch(path, {
    method,
    headers: {
      "x-requested-with": "XMLHttpRequest",
      ...(csrfToken === undefined ? {} : { "x-csrf-token": csrfToken }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok)
    throw new RequestFailed(messageOf(text) ?? `${method} ${path} failed with ${response.status}`);
  return (text === "" ? undefined : JSON.parse(text)) as Answer;
}

function messageOf(text: string): string | undefined {
  try {
    const parsed = JSON.parse(text);
    return parsed.message ?? parsed.error?.message;
  } catch {
    return undefined;
  }
}
