import type { CopyFailure } from "../../../domain/copying/copy-failure.ts";
import type { DeliveryKey } from "../../deliveries/delivery-log.ts";
import type { Copied, CopiedFiles } from "../copying-ports.ts";

export class MemoryCopiedFiles implements CopiedFiles {
  readonly all = new Map<string, Copied>();
  async of(delivery: DeliveryKey, copyableKeys: readonly string[]): Promise<ReadonlyMap<string, Copied>> {
    return new Map(
      copyableKeys.flatMap((key) => {
        const copied = this.all.get(nameOf(delivery, key));
        return copied === undefined ? [] : [[key, copied] as const];
      }),
    );
  }
  async record(delivery: DeliveryKey, copyableKey: string, copied: Copied): Promise<void> {
    const name = nameOf(delivery, copyableKey);
    if (!this.all.has(name)) this.all.set(name, copied);
  }
  async withdraw(delivery: DeliveryKey, copyableKey: string, failure: CopyFailure): Promise<void> {
    this.all.set(nameOf(delivery, copyableKey), { kind: "failed", failure });
  }
  async filesOf(delivery: DeliveryKey): Promise<readonly string[]> {
    return this.#ofDelivery(delivery).flatMap(([, each]) => (each.kind === "copied" ? [each.fileId] : []));
  }
  async forget(delivery: DeliveryKey): Promise<void> {
    for (const [name] of this.#ofDelivery(delivery)) this.all.delete(name);
  }
  #ofDelivery(delivery: DeliveryKey) {
    return [...this.all].filter(([name]) => name.startsWith(nameOf(delivery, "")));
  }
}

function nameOf({ chatId, messageId, userId }: DeliveryKey, key: string): string {
  return `${userId} ${chatId} ${messageId} ${key}`;
}
