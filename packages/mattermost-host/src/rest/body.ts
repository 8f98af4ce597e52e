import { AppError } from "../app-error.ts";
import { isRecord, type Json, type JsonObject } from "../json.ts";
import type { RestContext } from "./rest.ts";

/** ServiceSettings.MaximumPayloadSizeBytes bounds JSON bodies of the REST interface; uploads have their own limit. */
const maximumPayloadBytes = 300_000;

/** The fields of a JSON object that a client sent; a field of the wrong type is a 400 that names it. */
export class Body {
  readonly #fields: JsonObject;

  constructor(fields: JsonObject) {
    this.#fields = fields;
  }

  get raw(): JsonObject {
    return this.#fields;
  }

  text(name: string): string {
    const value = this.optionalText(name);
    if (value === undefined || value === "") throw invalid(name, "a text");
    return value;
  }

  optionalText(name: string): string | undefined {
    const value = this.#fields[name] ?? undefined;
    if (value !== undefined && typeof value !== "string") throw invalid(name, "a text");
    return value;
  }

  optionalFlag(name: string): boolean | undefined {
    const value = this.#fields[name] ?? undefined;
    if (value !== undefined && typeof value !== "boolean") throw invalid(name, "true or false");
    return value;
  }

  optionalStrings(name: string): string[] | undefined {
    const value = this.#fields[name] ?? undefined;
    return value === undefined ? undefined : stringsOf(value, name);
  }

  optionalObject(name: string): JsonObject | undefined {
    const value = this.#fields[name] ?? undefined;
    if (value !== undefined && !isRecord(value)) throw invalid(name, "an object");
    return value as JsonObject | undefined;
  }

  optionalTextMap(name: string): Record<string, string> | undefined {
    const value = this.optionalObject(name);
    if (value && !Object.values(value).every((one) => typeof one === "string")) throw invalid(name, "texts");
    return value as Record<string, string> | undefined;
  }
}

export async function readJson(context: RestContext): Promise<Json> {
  const bytes = await context.req.arrayBuffer();
  if (bytes.byteLength > maximumPayloadBytes) {
    throw new AppError("api.context.invalid_body_param.app_error", {
      detail: `It has more than ${maximumPayloadBytes} bytes.`,
      statusCode: 413,
    });
  }
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as Json;
  } catch (cause) {
    throw new AppError("api.context.invalid_body_param.app_error", { detail: "It is no JSON.", cause });
  }
}

export async function readBody(context: RestContext): Promise<Body> {
  return bodyOf(await readJson(context));
}

export function bodyOf(value: Json): Body {
  if (!isRecord(value)) throw invalid("The body", "an object");
  return new Body(value as JsonObject);
}

export async function readStrings(context: RestContext): Promise<string[]> {
  return stringsOf(await readJson(context), "The body");
}

/** A list of one to a hundred objects, the bound of Mattermost's routes that save rows. */
export async function readRows(context: RestContext): Promise<Body[]> {
  const value = await readJson(context);
  if (!Array.isArray(value) || value.length < 1 || value.length > 100) {
    throw invalid("The body", "a list of 1 to 100 rows");
  }
  return value.map(bodyOf);
}

export function invalid(name: string, wanted: string): AppError {
  return new AppError("api.context.invalid_body_param.app_error", { detail: `${name} must be ${wanted}.` });
}

function stringsOf(value: Json, name: string): string[] {
  if (!Array.isArray(value)) throw invalid(name, "a list of texts");
  return value.map((one) => {
    if (typeof one !== "string") throw invalid(name, "a list of texts");
    return one;
  });
}
