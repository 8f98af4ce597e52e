import type { PendingSignIn, SignInStore } from "../connections/sign-in-store.ts";

export class MemorySignIns implements SignInStore {
  readonly all = new Map<string, PendingSignIn>();
  async put(signIn: PendingSignIn): Promise<void> {
    this.all.set(signIn.stateHash, signIn);
  }
  async get(stateHash: string): Promise<PendingSignIn | undefined> {
    return this.all.get(stateHash);
  }
  async bind(stateHash: string, browserHash: string): Promise<boolean> {
    const known = this.all.get(stateHash);
    if (known !== undefined) this.all.set(stateHash, { ...known, browserHash });
    return known !== undefined;
  }
  async take(stateHash: string): Promise<PendingSignIn | undefined> {
    const known = this.all.get(stateHash);
    this.all.delete(stateHash);
    return known;
  }
  async removeExpired(nowMs: number): Promise<number> {
    const expired = [...this.all.values()].filter(({ expiresAtMs }) => expiresAtMs <= nowMs);
    for (const { stateHash } of expired) this.all.delete(stateHash);
    return expired.length;
  }
}
