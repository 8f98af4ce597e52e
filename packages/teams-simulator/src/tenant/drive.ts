import type { Randomness } from "./randomness.ts";

/** A file as its owner shares it in a chat. */
export interface SharedFile {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** A file in OneDrive: `webUrl` is what messages carry, and only readers of it get further. */
export interface DriveItem extends SharedFile {
  readonly id: string;
  readonly webUrl: string;
  readonly readerIds: Set<string>;
}

/** Files that people shared in chats, and the tickets by which a single download needs no token. */
export class Drive {
  readonly #items = new Map<string, DriveItem>();
  readonly #tickets = new Map<string, DriveItem>();
  readonly #randomness: Randomness;

  constructor(randomness: Randomness) {
    this.#randomness = randomness;
  }

  get all(): readonly DriveItem[] {
    return [...this.#items.values()];
  }

  /** Puts a file into its owner's folder for chats, open to `readerIds`. Names are not unique; addresses are. */
  share(file: SharedFile, ownerName: string, readerIds: readonly string[]): DriveItem {
    const id = Buffer.from(this.#randomness.bytes(16)).toString("hex").toUpperCase();
    const owner = ownerName.toLowerCase().replaceAll(/[^a-z0-9]+/g, "_");
    const folder = `https://contoso-my.sharepoint.example/personal/${owner}/Documents/Microsoft%20Teams%20Chat%20Files`;
    const webUrl = `${folder}/${id.slice(0, 8)}/${encodeURIComponent(file.name)}`;
    const item = { ...file, id, webUrl, readerIds: new Set(readerIds) };
    this.#items.set(webUrl, item);
    return item;
  }

  byUrl(webUrl: string): DriveItem | undefined {
    return this.#items.get(webUrl);
  }

  /** Opens the item to whoever holds the ticket, without asking who that is. */
  ticketFor(item: DriveItem): string {
    const ticket = Buffer.from(this.#randomness.bytes(24)).toString("base64url");
    this.#tickets.set(ticket, item);
    return ticket;
  }

  byTicket(ticket: string): DriveItem | undefined {
    return this.#tickets.get(ticket);
  }
}
