import type { Person } from "@msteams-notifications/mattermost-host";

/** What the bench asks of the process in which Mattermost runs. */
export type Wish =
  | { readonly kind: "start"; readonly dataSource: string; readonly administrator: Person }
  | { readonly kind: "add-person"; readonly person: Person }
  | { readonly kind: "look" };

export interface Started {
  /** Of the REST interface and of the metrics listener; no trailing slash. */
  readonly url: string;
  readonly metricsUrl: string;
}

export interface Looked {
  /** How often plugins called the API so far. */
  readonly calls: number;
  readonly pluginProcess: number | undefined;
}

export interface Numbered {
  readonly id: number;
  readonly wish: Wish;
}

/** What that process says: an answer to a wish, a failed one, or posts with the times at which they were made. */
export type Said =
  | { readonly kind: "answer"; readonly id: number; readonly answer: unknown }
  | { readonly kind: "failure"; readonly id: number; readonly reason: string }
  | { readonly kind: "posts"; readonly posts: readonly (readonly [text: string, atMs: number])[] };
