/** The people of the sandbox, the same for the page, the scenarios and the documentation. */
export interface Person {
  readonly username: string;
  readonly displayName: string;
  readonly teamsEmail: string;
  /** Absent for those who work in Teams only. Differs from the Teams address where a scenario needs it. */
  readonly mattermostEmail: string | undefined;
  /** What the person is there to show. */
  readonly role: string;
}

const domain = "contoso.example";

function person(
  username: string,
  displayName: string,
  role: string,
  mattermost: "same address" | "other address" | "none",
): Person {
  const teamsEmail = `${username}@${domain}`;
  const emails = {
    "same address": teamsEmail,
    "other address": `${username}@elsewhere.example`,
    none: undefined,
  };
  return { username, displayName, teamsEmail, mattermostEmail: emails[mattermost], role };
}

export const ada = person("ada", "Ada Byron", "connected to Teams", "same address");
export const carla = person("carla", "Carla Mendes", "not connected yet", "same address");
export const dai = person("dai", "Dai Nakamura", "has another e-mail address in Mattermost", "other address");
export const ben = person("ben", "Ben Okafor", "works in Teams only", "none");
export const erin = person("erin", "Erin Walsh", "works in Teams only", "none");

export const people: readonly Person[] = [ada, carla, dai, ben, erin];

/** One password for all: nothing here is reachable from another machine. */
export const password = "Sandbox-2026";

export const administrator = { username: "admin", email: `admin@${domain}`, password } as const;

export function inMattermost(): readonly Person[] {
  return people.filter((each) => each.mattermostEmail !== undefined);
}
