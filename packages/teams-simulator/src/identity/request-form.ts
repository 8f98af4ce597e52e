import { EntraError } from "./entra-error.ts";

// Far above any token request; an assertion with its certificate chain stays below 10 kB.
const maxFormBytes = 64 * 1024;

/** The form of a POST request. Throws `request-malformed` for another content type or more than 64 kB. */
export async function readForm(request: Request): Promise<URLSearchParams> {
  const type = request.headers.get("content-type") ?? "";
  if (!type.toLowerCase().startsWith("application/x-www-form-urlencoded")) {
    throw new EntraError("request-malformed", "Content-Type");
  }
  const body = await request.text();
  if (body.length > maxFormBytes) throw new EntraError("request-malformed", "body");
  return new URLSearchParams(body);
}

/** A parameter that must be there and not be empty. Throws `parameter-missing`. */
export function requiredParameter(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (value === null || value === "") throw new EntraError("parameter-missing", name);
  return value;
}
