/** Where a Microsoft cloud lives. Every address is scheme and host, without a trailing slash. */
export interface CloudAddresses {
  /** The identity platform. */
  readonly login: string;
  /** Microsoft Graph, without its version. */
  readonly graph: string;
  /** Teams on the web, for links to messages. */
  readonly teams: string;
}

export type NationalCloud = "global" | "gcchigh" | "dod" | "china";
export type CloudKind = NationalCloud | "custom";

/** A cloud and its addresses. Registrations and tokens of one cloud mean nothing in another. */
export interface Cloud extends CloudAddresses {
  readonly kind: CloudKind;
}

/** Graph's deployments page and the TeamsJS host list (facts, section 1). GCC shares the addresses of the global cloud. */
const nationalClouds: { readonly [Kind in NationalCloud]: CloudAddresses } = {
  global: {
    login: "https://login.microsoftonline.com",
    graph: "https://graph.microsoft.com",
    teams: "https://teams.microsoft.com",
  },
  gcchigh: {
    login: "https://login.microsoftonline.us",
    graph: "https://graph.microsoft.us",
    teams: "https://gov.teams.microsoft.us",
  },
  dod: {
    login: "https://login.microsoftonline.us",
    graph: "https://dod-graph.microsoft.us",
    teams: "https://dod.teams.microsoft.us",
  },
  china: {
    login: "https://login.partner.microsoftonline.cn",
    graph: "https://microsoftgraph.chinacloudapi.cn",
    teams: "https://teams.microsoftonline.cn",
  },
};

/** The addresses of a cloud; a custom one brings its own, used as given but for trailing slashes. */
export function cloudAddresses(kind: NationalCloud): Cloud;
export function cloudAddresses(kind: "custom", custom: CloudAddresses): Cloud;
export function cloudAddresses(kind: CloudKind, custom?: CloudAddresses): Cloud {
  if (kind !== "custom") return { kind, ...nationalClouds[kind] };
  if (custom === undefined) throw new TypeError("A custom cloud needs its three addresses.");
  const { login, graph, teams } = custom;
  return { kind, login: bare(login), graph: bare(graph), teams: bare(teams) };
}

function bare(address: string): string {
  return address.replace(/\/+$/, "");
}
