import { describe, expect, test } from "bun:test";
import type { Broadcast } from "../system/events.ts";
import { defaultConfiguration } from "../system/server-configuration.ts";
import { MattermostSystem } from "../system/system.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { eventFrame, reaches } from "./broadcast-rules.ts";

const system = new MattermostSystem({
  clock: new ManualClock(),
  random: () => 0.5,
  configuration: defaultConfiguration("", ""),
});
const team = system.addTeam("contoso", "Contoso");
const ada = system.users.create({ username: "ada", email: "ada@x.example" }).id;
const ben = system.users.create({ username: "ben", email: "ben@x.example" }).id;
system.joinTeam(team.id, ada);
const channelId = system.channels.findByName(team.id, "town-square")?.id ?? "";

describe("a broadcast", () => {
  const cases: readonly (readonly [string, Broadcast, readonly [boolean, boolean]])[] = [
    ["to everybody", {}, [true, true]],
    ["to one person", { userId: ben }, [false, true]],
    ["to a channel", { channelId }, [true, false]],
    ["to a team", { teamId: team.id }, [true, false]],
    ["to one person about a channel they are not in", { userId: ben, channelId }, [false, true]],
    ["to one connection", { connectionId: "of-ben" }, [false, true]],
    ["to one connection whatever else it says", { connectionId: "of-ben", userId: ada }, [false, true]],
    ["to all connections but one", { omitConnectionId: "of-ben" }, [true, false]],
    ["to everybody but some", { omitUsers: [ada] }, [false, true]],
    ["to a channel but for some", { channelId, omitUsers: [ada] }, [false, false]],
  ];

  test.each(cases)("%s has its audience", (_, broadcast, expected) => {
    const event = { event: "e", data: {}, broadcast };
    const reached = [
      { connectionId: "of-ada", userId: ada },
      { connectionId: "of-ben", userId: ben },
    ].map((receiver) => reaches(system, event, receiver));
    expect(reached).toEqual([...expected]);
  });

  test("has every address on the wire, empty where it has none", () => {
    const frame = eventFrame({ event: "e", data: { a: 1 }, broadcast: { omitUsers: [ada] } }, 4);
    expect(JSON.parse(frame)).toEqual({
      event: "e",
      data: { a: 1 },
      broadcast: {
        omit_users: { [ada]: true },
        user_id: "",
        channel_id: "",
        team_id: "",
        connection_id: "",
        omit_connection_id: "",
      },
      seq: 4,
    });
  });
});
