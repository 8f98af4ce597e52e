import type { CopyLimits } from "../../../domain/copying/copy-failure.ts";
import type { FileUploads } from "../copying-ports.ts";

export interface Upload {
  readonly id: string;
  readonly channelId: string;
  readonly name: string;
  readonly text: string;
}

/** Files as Mattermost would have them. */
export class MemoryUploads implements FileUploads {
  readonly all: Upload[] = [];
  allowed: CopyLimits | undefined = { maxFileBytes: 1_000_000 };
  failNext: Error | undefined;
  async limits(): Promise<CopyLimits | undefined> {
    return this.allowed;
  }
  async upload(channelId: string, name: string, content: Uint8Array): Promise<string> {
    const failure = this.failNext;
    this.failNext = undefined;
    if (failure !== undefined) throw failure;
    const id = `file-${this.all.length + 1}`;
    this.all.push({ id, channelId, name, text: new TextDecoder().decode(content) });
    return id;
  }
}
