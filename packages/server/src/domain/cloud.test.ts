import { describe, expect, test } from "bun:test";
import { cloudAddresses, type NationalCloud } from "./cloud.ts";

const table: readonly [NationalCloud, string, string, string][] = [
  ["global", "login.microsoftonline.com", "graph.microsoft.com", "teams.microsoft.com"],
  ["gcchigh", "login.microsoftonline.us", "graph.microsoft.us", "gov.teams.microsoft.us"],
  ["dod", "login.microsoftonline.us", "dod-graph.microsoft.us", "dod.teams.microsoft.us"],
  [
    "china",
    "login.partner.microsoftonline.cn",
    "microsoftgraph.chinacloudapi.cn",
    "teams.microsoftonline.cn",
  ],
];

describe("a cloud", () => {
  test.each(table)("%s has its own addresses over https", (kind, login, graph, teams) => {
    expect(cloudAddresses(kind)).toEqual({
      kind,
      login: `https://${login}`,
      graph: `https://${graph}`,
      teams: `https://${teams}`,
    });
  });

  test("of one's own keeps scheme and port and loses trailing slashes", () => {
    const custom = {
      login: "http://127.0.0.1:1/",
      graph: "http://127.0.0.1:2",
      teams: "https://t.example//",
    };
    expect(cloudAddresses("custom", custom)).toEqual({
      kind: "custom",
      login: "http://127.0.0.1:1",
      graph: "http://127.0.0.1:2",
      teams: "https://t.example",
    });
  });
});
