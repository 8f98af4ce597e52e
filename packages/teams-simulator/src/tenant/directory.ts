import type { AppRegistration, NewAppRegistration } from "./app-registration.ts";
import type { Randomness } from "./randomness.ts";
import { TenantError } from "./tenant-error.ts";
import type { NewUser, User } from "./user.ts";

/** The people and app registrations of a tenant. */
export class Directory {
  readonly #users = new Map<string, User>();
  readonly #apps = new Map<string, AppRegistration>();
  readonly #randomness: Randomness;
  readonly #domain: string;

  constructor(randomness: Randomness, domain: string) {
    this.#randomness = randomness;
    this.#domain = domain;
  }

  get users(): readonly User[] {
    return [...this.#users.values()];
  }

  get apps(): readonly AppRegistration[] {
    return [...this.#apps.values()];
  }

  /** Adds a person; what is not given follows from the display name. Throws `conflict` for a taken id or user principal name. */
  addUser(given: NewUser): User {
    const [givenName = given.displayName, ...rest] = given.displayName.split(" ");
    const mailbox = given.displayName
      .trim()
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, ".");
    const userPrincipalName = given.userPrincipalName ?? `${mailbox}@${this.#domain}`;
    const user: User = {
      givenName,
      surname: rest.length > 0 ? rest.join(" ") : null,
      mail: userPrincipalName,
      userType: "Member",
      accountEnabled: true,
      ...given,
      userPrincipalName,
      id: given.id ?? this.#randomness.guid(),
    };
    if (this.#users.has(user.id) || this.findUser(user.userPrincipalName) !== undefined) {
      throw new TenantError(
        "conflict",
        `The directory already has ${user.userPrincipalName} or the id ${user.id}.`,
      );
    }
    this.#users.set(user.id, user);
    return user;
  }

  /** By object id or user principal name, as Graph's `/users/{id}` accepts both. */
  findUser(idOrPrincipalName: string): User | undefined {
    const wanted = idOrPrincipalName.toLowerCase();
    const byId = this.#users.get(wanted) ?? this.#users.get(idOrPrincipalName);
    return byId ?? this.users.find((user) => user.userPrincipalName.toLowerCase() === wanted);
  }

  user(idOrPrincipalName: string): User {
    const user = this.findUser(idOrPrincipalName);
    if (user === undefined) throw new TenantError("unknown-user", `There is no user ${idOrPrincipalName}.`);
    return user;
  }

  removeUser(id: string): void {
    this.#users.delete(this.user(id).id);
  }

  addApp(given: NewAppRegistration = {}): AppRegistration {
    const app: AppRegistration = {
      displayName: "App",
      enabled: true,
      secrets: [],
      certificates: [],
      redirectUris: [],
      grantedApplicationRoles: [],
      grantedDelegatedScopes: [],
      appRoleAssignmentRequired: false,
      ...given,
      clientId: given.clientId ?? this.#randomness.guid(),
    };
    if (this.#apps.has(app.clientId))
      throw new TenantError("conflict", `The app ${app.clientId} exists already.`);
    this.#apps.set(app.clientId, app);
    return app;
  }

  findApp(clientId: string): AppRegistration | undefined {
    return this.#apps.get(clientId);
  }

  app(clientId: string): AppRegistration {
    const app = this.#apps.get(clientId);
    if (app === undefined) throw new TenantError("unknown-app", `There is no app registration ${clientId}.`);
    return app;
  }
}
