import { GoValue } from "@msteams-notifications/plugin-sdk";
import { isRecord, type Json, type JsonObject } from "../json.ts";

/** Keys of Go's JSON tags that are no plain snake case of the field's name (model.MessageAttachment, model.Dialog). */
const unusualKeys: Readonly<Record<string, string>> = {
  imageURL: "image_url",
  thumbURL: "thumb_url",
  timestamp: "ts",
  iconURL: "icon_url",
  dataSourceURL: "data_source_url",
  sourceURL: "source_url",
  subType: "subtype",
  multiSelect: "multiselect",
};

/** A value as it came over the wire, as Mattermost would keep it in its database: in JSON. */
export function jsonOf(value: unknown): Json {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value === "bigint") return Number(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (value instanceof GoValue) return taggedJson(value.value);
  if (Array.isArray(value)) return value.map(jsonOf);
  return isRecord(value) ? jsonObjectOf(value) : null;
}

export function jsonObjectOf(value: Readonly<Record<string, unknown>>): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, jsonOf(inner)]));
}

/** A Go struct in the words of its JSON tags; what an action's context or an option holds stays as it is. */
export function taggedJson(value: unknown): Json {
  if (Array.isArray(value)) return value.map(taggedJson);
  if (!isRecord(value) || value instanceof Uint8Array) return jsonOf(value);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([key, inner]) => [tagOf(key), key === "context" ? jsonOf(inner) : taggedJson(inner)]),
  );
}

function tagOf(key: string): string {
  return unusualKeys[key] ?? key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
