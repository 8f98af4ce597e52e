import type { Integration } from "../../integration.ts";

/** An integration that answers as told and remembers what it was asked. */
export class RecordedIntegration implements Integration {
  readonly loginUrl = "https://login.example.com";
  readonly pluginUrl = "https://chat.example.com/plugins/msteams-notifications";
  readonly asked: unknown[] = [];
  /** The account of whoever is connected; undefined for nobody. */
  account: string | undefined;
  isOn = true;
  failure: Error | undefined;

  async start(request: Parameters<Integration["start"]>[0]) {
    this.#note("start", request);
    return this.account === undefined
      ? ({ kind: "link", url: "https://chat.example.com/start" } as const)
      : ({ kind: "already-connected", account: this.account } as const);
  }

  async disconnect(userId: string) {
    this.#note("disconnect", userId);
    return this.account === undefined
      ? ({ kind: "not-connected" } as const)
      : ({ kind: "disconnected", account: this.account } as const);
  }

  async connectionOf(userId: string) {
    this.#note("connectionOf", userId);
    if (this.account === undefined) return { kind: "not-connected" } as const;
    return {
      kind: "connected",
      account: this.account,
      connectedAtMs: 1,
      notificationsOn: this.isOn,
    } as const;
  }

  async setNotifications(userId: string, on: boolean) {
    this.#note("setNotifications", userId, on);
    if (this.account === undefined) return { kind: "not-connected" } as const;
    return this.isOn === on ? ({ kind: "unchanged", on } as const) : ({ kind: "changed", on } as const);
  }

  async overview() {
    return {
      connectedPeople: 2,
      subscriptions: {
        wanted: 2,
        active: 1,
        problems: [{ owner: "ann", code: "forbidden" as const, sinceMs: 1 }],
      },
    };
  }

  async recentDeliveries() {
    return [];
  }

  open(): never {
    throw new Error("a command opens no link");
  }

  finish(): never {
    throw new Error("a command finishes no sign-in");
  }

  receiveChanges(): never {
    throw new Error("a command receives nothing");
  }

  receiveLifecycle(): never {
    throw new Error("a command receives nothing");
  }

  #note(...request: unknown[]): void {
    this.asked.push(request);
    if (this.failure !== undefined) throw this.failure;
  }
}
