import { describe, expect, test } from "bun:test";
import { ATTACHMENTS_GO_TYPE, GoValue } from "@msteams-notifications/plugin-sdk";
import type { Json } from "../json.ts";
import { jsonObjectOf, jsonOf, taggedJson } from "./any-value.ts";

describe("a value from the wire", () => {
  test("becomes the JSON that Mattermost would store", () => {
    const table: readonly (readonly [value: unknown, json: Json])[] = [
      [undefined, null],
      [null, null],
      ["text", "text"],
      [1.5, 1.5],
      [true, true],
      [9_007_199_254_740_993n, 9_007_199_254_740_992],
      [new Uint8Array([1, 2, 3]), "AQID"],
      [
        [1, [undefined]],
        [1, [null]],
      ],
      [{ a: { B: new Uint8Array() } }, { a: { B: "" } }],
    ];
    for (const [value, json] of table) expect(jsonOf(value)).toEqual(json);
    expect(jsonObjectOf({ fooBar: 1 })).toEqual({ fooBar: 1 });
  });

  test("that holds attachments has the names of Go's JSON tags", () => {
    const attachments = new GoValue(ATTACHMENTS_GO_TYPE, [
      {
        authorName: "Ada",
        titleLink: "https://x.example",
        imageURL: "i",
        thumbURL: "t",
        timestamp: 12n,
        fields: [{ title: "T", value: "V", short: true }],
        pretext: undefined,
        actions: [
          {
            id: "go",
            dataSource: "users",
            integration: { url: "/plugins/p/x", context: { someKey: 1, Inner: { otherKey: "o" } } },
          },
        ],
      },
    ]);
    expect(jsonObjectOf({ attachments, ownKey: 1 })).toEqual({
      ownKey: 1,
      attachments: [
        {
          author_name: "Ada",
          title_link: "https://x.example",
          image_url: "i",
          thumb_url: "t",
          ts: 12,
          fields: [{ title: "T", value: "V", short: true }],
          actions: [
            {
              id: "go",
              data_source: "users",
              integration: { url: "/plugins/p/x", context: { someKey: 1, Inner: { otherKey: "o" } } },
            },
          ],
        },
      ],
    });
  });

  test("that is a dialog has them too", () => {
    const element = { displayName: "Name", subType: "email", dataSourceURL: "/u", multiSelect: true };
    expect(taggedJson({ callbackId: "c", iconURL: "i", sourceURL: "s", elements: [element] })).toEqual({
      callback_id: "c",
      icon_url: "i",
      source_url: "s",
      elements: [{ display_name: "Name", subtype: "email", data_source_url: "/u", multiselect: true }],
    });
  });
});
