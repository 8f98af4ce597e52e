import { describe, expect, test } from "bun:test";
import { chatKindOf, isSelfChat, oneOnOneUserIds, parseChat, recipientIds, UnreadableChat } from "./chat.ts";

const ann = "8ea0e38b-efb3-4757-924a-5f94061cf8c2";
const ben = "97f62344-57dc-409c-88ad-c4af14158ff5";
const direct = `19:${ann}_${ben}@unq.gbl.spaces`;
const group = "19:2da4c29f6d7041eca70b638b43d45437@thread.v2";
const meeting = "19:meeting_MjYyM2Y4NDIt@thread.v2";

describe("a chat's id", () => {
  test.each([
    [direct, "one-on-one"],
    [`19:${ann}_28:bot@unq.gbl.spaces`, "one-on-one"],
    [group, "group"],
    [meeting, "meeting"],
    ["48:notes", "unknown"],
    ["a:1x", "unknown"],
  ] as const)("tells that %p is %p", (id, kind) => {
    expect(chatKindOf(id)).toBe(kind);
  });

  test("holds both people of a one-on-one chat, in any case", () => {
    expect(oneOnOneUserIds(direct.toUpperCase().replace("UNQ.GBL.SPACES", "unq.gbl.spaces"))).toEqual([
      ann,
      ben,
    ]);
    expect(oneOnOneUserIds(group)).toBeUndefined();
    expect(oneOnOneUserIds(`19:${ann}_28:bot@unq.gbl.spaces`)).toBeUndefined();
  });

  test("tells a person's notes to themselves from other chats", () => {
    expect(["48:notes", `19:${ann}_${ann}@unq.gbl.spaces`, direct, group].map(isSelfChat)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

describe("a chat from Graph", () => {
  test("is read with its members", () => {
    const json = {
      id: group,
      chatType: "Group",
      topic: " Roadmap ",
      tenantId: "T",
      members: [{ userId: ann.toUpperCase(), displayName: "Ann", tenantId: "T" }, { userId: null }, null],
    };
    expect(parseChat(json)).toEqual({
      id: group,
      kind: "group",
      topic: "Roadmap",
      tenantId: "t",
      members: [
        { teamsUserId: ann, displayName: "Ann", tenantId: "t" },
        { teamsUserId: undefined, displayName: undefined, tenantId: undefined },
      ],
    });
  });

  test("has the kind of its id when Graph names one of a later date", () => {
    expect(parseChat({ id: meeting, chatType: "unknownFutureValue", topic: " " })).toMatchObject({
      kind: "meeting",
      topic: undefined,
      members: [],
    });
  });

  test.each([[null], [{}], [{ id: 3 }], ["x"]])("cannot be read from %p", (json) => {
    expect(() => parseChat(json)).toThrow(UnreadableChat);
  });
});

describe("the recipients of a message", () => {
  test("are the other person of a one-on-one chat", () => {
    expect(recipientIds({ chatId: direct, senderId: ann.toUpperCase() })).toEqual([ben]);
  });

  test("are both people when an application writes", () => {
    expect(recipientIds({ chatId: direct, senderId: undefined })).toEqual([ann, ben]);
  });

  test("are everybody on the roster but the sender, once", () => {
    const members = [ann, ben, ben, undefined].map((teamsUserId) => ({
      teamsUserId,
      displayName: undefined,
      tenantId: undefined,
    }));
    expect(recipientIds({ chatId: group, senderId: ann }, { members })).toEqual([ben]);
  });

  test("are not known from a group's id alone", () => {
    expect(recipientIds({ chatId: group, senderId: ann })).toBeUndefined();
  });
});
