import type { PluginStatus } from "../plugins/plugin-state.ts";

/** An event that a plugin process sends to its siblings on the other nodes. */
export interface PluginClusterEvent {
  readonly id: string;
  readonly data: Uint8Array;
}

/** A node as the others see it. */
export interface ClusterPeer {
  readonly nodeId: string;
  deliver(pluginId: string, event: PluginClusterEvent): void;
  /** The plugins installed on that node and how each is. */
  statuses(): readonly PluginStatus[];
}

/** The nodes of one installation. */
export class Cluster {
  readonly #peers = new Map<string, ClusterPeer>();

  join(peer: ClusterPeer): Disposable {
    this.#peers.set(peer.nodeId, peer);
    return { [Symbol.dispose]: () => void this.#peers.delete(peer.nodeId) };
  }

  get nodeIds(): string[] {
    return [...this.#peers.keys()];
  }

  /** The plugins of all nodes, those of `firstNodeId` before the others. */
  statuses(firstNodeId: string): PluginStatus[] {
    const [own, others] = [this.#peers.get(firstNodeId), [...this.#peers.values()]];
    return [...(own ? [own] : []), ...others.filter((peer) => peer !== own)].flatMap((peer) => [
      ...peer.statuses(),
    ]);
  }

  /** Hands the event to every other node, or only to `targetId` when one is named. Alone it reaches nobody. */
  publish(fromNodeId: string, pluginId: string, event: PluginClusterEvent, targetId = ""): void {
    for (const peer of this.#peers.values()) {
      if (peer.nodeId === fromNodeId || (targetId !== "" && peer.nodeId !== targetId)) continue;
      peer.deliver(pluginId, event);
    }
  }
}
