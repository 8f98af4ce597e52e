import type { FileGrant, FileGrants } from "../copying/copying-ports.ts";

export class MemoryFileGrants implements FileGrants {
  readonly all = new Map<string, FileGrant>();
  async find(userId: string): Promise<FileGrant | undefined> {
    return this.all.get(userId);
  }
  async put(userId: string, grant: FileGrant): Promise<void> {
    this.all.set(userId, grant);
  }
  async renew(userId: string, grant: FileGrant): Promise<void> {
    if (this.all.get(userId)?.grantedAtMs === grant.grantedAtMs) this.all.set(userId, grant);
  }
  async remove(userId: string, grantedAtMs: number): Promise<void> {
    if (this.all.get(userId)?.grantedAtMs === grantedAtMs) this.all.delete(userId);
  }
  async countMissing(): Promise<number> {
    return 0;
  }
  async removeAll(): Promise<number> {
    const count = this.all.size;
    this.all.clear();
    return count;
  }
}
