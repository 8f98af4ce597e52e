import type { Api } from "@msteams-notifications/plugin-sdk";
import type { Clock } from "../../application/clock.ts";
import type { FileUploads } from "../../application/copying/copying-ports.ts";
import { systemTimers } from "../../application/timers.ts";
import type { CopyLimits } from "../../domain/copying/copy-failure.ts";
import { askMattermost } from "./mattermost-failure.ts";

/** Mattermost's own default for FileSettings.MaxFileSize, 100 MiB. */
const defaultMaxFileBytes = 104_857_600;
/** The answer is large and changes by an administrator's hand (facts on the plugin protocol, section 9). */
const limitsKeptMs = 60_000;
/** Mattermost writes the file to its store, another machine perhaps, before it answers. */
const uploadWithinMs = 2 * 60_000;

/** Uploads by the plugin API, which takes whole files and does not ask for Mattermost's limit of size (facts, section 4). */
export class MattermostFileUploads implements FileUploads {
  readonly #api: Pick<Api, "files" | "configuration">;
  readonly #clock: Clock;
  #limits: { readonly value: CopyLimits | undefined; readonly untilMs: number } | undefined;

  constructor(api: Pick<Api, "files" | "configuration">, clock: Clock) {
    this.#api = api;
    this.#clock = clock;
  }

  async limits(): Promise<CopyLimits | undefined> {
    const known = this.#limits;
    if (known !== undefined && known.untilMs > this.#clock.now()) return known.value;
    const { fileSettings } = await askMattermost("read its configuration", () =>
      this.#api.configuration.get(),
    );
    const { enableFileAttachments = true, maxFileSize = defaultMaxFileBytes } = fileSettings;
    const value = enableFileAttachments ? { maxFileBytes: maxFileSize } : undefined;
    this.#limits = { value, untilMs: this.#clock.now() + limitsKeptMs };
    return value;
  }

  async upload(channelId: string, name: string, content: Uint8Array): Promise<string> {
    const { id } = await askMattermost(
      "take a file",
      () => this.#api.files.upload(content, channelId, name),
      systemTimers,
      uploadWithinMs,
    );
    return id;
  }
}
