import { describe, expect, test } from "bun:test";
import { chatKindOfId, isSelfChat, oneOnOneMembers, parseChat, UnreadableChat } from "./chat.ts";

const ann = "8ea0e38b-efb3-4757-924a-5f94061cf8c2";
const ben = "97f62344-57dc-409c-88ad-c4af14158ff5";
const direct = `19:${ann}_${ben}@unq.gbl.spaces`;
const group = "19:2da4c29f6d7041eca70b638b43d45437@thread.v2";
const meeting = "19:meeting_MjYyM2Y4NDIt@thread.v2";

describe("a chat's id", () => {
  test.each([
    [direct, "oneOnOne"],
    [`19:${ann}_28:bot@unq.gbl.spaces`, "oneOnOne"],
    [group, "group"],
    [meeting, "meeting"],
    ["48:notes", "unknown"],
    ["a:1x", "unknown"],
  ] as const)("tells that %p is %p", (id, kind) => {
    expect(chatKindOfId(id)).toBe(kind);
  });

  test("holds both people of a one-on-one chat, in any case", () => {
    expect(oneOnOneMembers(direct.toUpperCase())).toEqual([ann, ben]);
    expect(oneOnOneMembers(group)).toBeUndefined();
    expect(oneOnOneMembers(`19:${ann}_28:bot@unq.gbl.spaces`)).toBeUndefined();
  });

  test("tells a person's notes to themselves from other chats", () => {
    expect(
      ["48:notes", `19:${ann}_${ann.toUpperCase()}@unq.gbl.spaces`, direct, group].map(isSelfChat),
    ).toEqual([true, true, false, false]);
  });
});

describe("a chat from Graph", () => {
  test("is read with its members", () => {
    const members = [{ userId: ann.toUpperCase(), displayName: "Ann" }, { userId: null }, null];
    expect(parseChat({ id: group, chatType: "Group", topic: " Roadmap ", members })).toEqual({
      id: group,
      kind: "group",
      topic: "Roadmap",
      members: [
        { teamsUserId: ann, displayName: "Ann" },
        { teamsUserId: undefined, displayName: undefined },
        { teamsUserId: undefined, displayName: undefined },
      ],
    });
  });

  test("has the kind of its id when Graph names one of a later date", () => {
    const chat = parseChat({ id: meeting, chatType: "unknownFutureValue", topic: " " });
    expect(chat).toMatchObject({ kind: "meeting", topic: undefined, members: [] });
  });

  test.each([[null], [{}], [{ id: 3 }], ["x"]])("cannot be read from %p", (json) => {
    expect(() => parseChat(json)).toThrow(UnreadableChat);
  });
});
