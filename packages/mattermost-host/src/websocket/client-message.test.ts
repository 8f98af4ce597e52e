import { describe, expect, test } from "bun:test";
import { failFrame, okFrame, parseClientMessage } from "./client-message.ts";

describe("a client's message", () => {
  test("has a number, an action and fields", () => {
    expect(parseClientMessage('{"seq":2,"action":"ping"}')).toEqual({ seq: 2, action: "ping", data: {} });
    expect(parseClientMessage('{"seq":2,"action":"a","data":{"x":1}}')?.data).toEqual({ x: 1 });
  });

  test.each(["", "{", "null", "[]", '{"seq":"2","action":"ping"}', '{"seq":2}'])("is not %p", (text) => {
    expect(parseClientMessage(text)).toBeUndefined();
  });

  test("is answered under its number", () => {
    expect(JSON.parse(okFrame(3))).toEqual({ status: "OK", seq_reply: 3 });
    expect(JSON.parse(failFrame(3, "id", "words"))).toEqual({
      status: "FAIL",
      error: { id: "id", message: "words", status_code: 400 },
      seq_reply: 3,
    });
  });
});
