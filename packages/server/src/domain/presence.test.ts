import { describe, expect, test } from "bun:test";
import { parsePresence } from "./presence.ts";

describe("a presence from Graph", () => {
  test.each([
    ["Available", "Available", "available", "available"],
    ["available", "AVAILABLEINACTIVE", "available", "availableInactive"],
    ["BusyIdle", "InAConferenceCall", "busyIdle", "inAConferenceCall"],
    ["inACall", "inACall", "inACall", "inACall"],
    ["Offline", "OffWork", "offline", "offWork"],
    ["PresenceUnknown", "PresenceUnknown", "unknown", "unknown"],
    ["Commuting", "ReadingABook", "unknown", "unknown"],
    [null, undefined, "none", "none"],
    ["", 7, "none", "none"],
    ["constructor", "__proto__", "unknown", "unknown"],
  ])("reads %p with %p as %p, %p", (availability, activity, ours, does) => {
    expect(parsePresence({ id: "a", availability, activity })).toEqual({
      availability: ours,
      activity: does,
      outOfOffice: false,
    } as never);
  });

  test.each([
    [{ activity: "OutOfOffice" }, true],
    [{ outOfOfficeSettings: { isOutOfOffice: true, message: "back soon" } }, true],
    [{ outOfOfficeSettings: { isOutOfOffice: false } }, false],
    [{ outOfOfficeSettings: null }, false],
  ])("takes out of office from the activity or the settings: %p", (json, outOfOffice) => {
    expect(parsePresence(json).outOfOffice).toBe(outOfOffice);
  });

  test.each([[undefined], [null], ["Away"], [[]], [3]])("is unknown rather than an error for %p", (json) => {
    expect(parsePresence(json)).toEqual({ availability: "none", activity: "none", outOfOffice: false });
  });
});
