import { expect, test } from "bun:test";
import type { Api } from "@msteams-notifications/plugin-sdk";
import { TeamConversation } from "./bot-conversation.ts";

type Teams = Awaited<ReturnType<Api["teams"]["ofUser"]>>;

const conversationAmong = (teams: readonly { name: string; deleteAt: number }[]) => {
  const ofUser = async () => teams as unknown as Teams;
  return new TeamConversation({ teams: { ofUser } } as unknown as Pick<Api, "teams">);
};

test("a person finds the bot in the first of their teams that is not archived", async () => {
  const teams = [
    { name: "archived", deleteAt: 5 },
    { name: "harbour-2", deleteAt: 0 },
    { name: "other", deleteAt: 0 },
  ];
  expect(await conversationAmong(teams).pathFor("ann")).toBe("/harbour-2/messages/@msteams");
});

test("who is in no team finds the bot nowhere", async () => {
  expect(await conversationAmong([]).pathFor("ann")).toBeUndefined();
  expect(await conversationAmong([{ name: "archived", deleteAt: 5 }]).pathFor("ann")).toBeUndefined();
});
