/** Why something of a message did not become a file in Mattermost. Stored, and said in the post. */
export type CopyFailure =
  /** Larger than the setting or Mattermost allows. */
  | "too-large"
  /** Mattermost holds ten files a post (facts, section 4). */
  | "too-many"
  /** The reader connected before copying was turned on, or Microsoft ended what they agreed to. */
  | "sign-in-missing"
  /** The reader may not open it at Microsoft. */
  | "not-permitted"
  | "gone"
  | "folder"
  | "not-a-picture"
  /** Mattermost would not take it: too many pixels, or a plugin that looks at files refused it. */
  | "refused"
  /** Mattermost takes no files at all. */
  | "files-off"
  /** Still not possible after the last attempt. */
  | "unreachable";

export interface CopyLimits {
  readonly maxFileBytes: number;
}

/** What stands in brackets in `Not copied (…): "report.docx"`. */
export function reasonOf(failure: CopyFailure, { maxFileBytes }: CopyLimits): string {
  switch (failure) {
    case "too-large":
      return `larger than ${megabytes(maxFileBytes)}`;
    case "too-many":
      return "a post holds ten files";
    case "sign-in-missing":
      return "your sign-in does not cover files";
    case "not-permitted":
      return "Microsoft does not let you open it";
    case "gone":
      return "it is no longer there";
    case "folder":
      return "it is a folder";
    case "not-a-picture":
      return "it is no picture of a known kind";
    case "refused":
      return "Mattermost did not take it";
    case "files-off":
      return "this Mattermost takes no files";
    case "unreachable":
      return "Microsoft could not be reached";
  }
}

/** Mattermost counts in 1,024s and calls them MB. */
function megabytes(bytes: number): string {
  const whole = bytes / (1024 * 1024);
  return `${Number(whole.toFixed(whole < 10 ? 1 : 0))} MB`;
}
