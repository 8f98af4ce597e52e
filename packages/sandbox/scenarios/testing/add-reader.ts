import { connectPerson } from "../../src/connect-person.ts";
import { ben, password } from "../../src/people.ts";
import type { Sandbox } from "../../src/sandbox.ts";

/** Adds a connected person with a chat with Ben to both worlds; answers their display name. */
export async function addReader({ tenant, mattermost, signIn }: Sandbox, about: string): Promise<string> {
  const username = `reader-${about.toLowerCase().replaceAll(/\W+/g, "-")}`;
  const displayName = `Reader, ${about}`;
  const email = `${username}@contoso.example`;
  const { directory, conversations } = tenant.tenant;
  const user = directory.addUser({ displayName, userPrincipalName: email, mail: email });
  const writer = directory.user(ben.teamsEmail);
  conversations.create({ chatType: "oneOnOne", memberIds: [writer.id, user.id] });
  mattermost.addPerson({ username, email, displayName, password });
  await connectPerson(await signIn(username), email);
  return displayName;
}
