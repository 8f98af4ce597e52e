import type { GraphErrorCode } from "../graph/graph-error.ts";

/** The owner of problems that concern everybody; people's ids are 26 characters long. */
export const applicationOwner = "application";

/** What Microsoft lets the application do, each noticed by itself. `setting`: an administrator switched us off. */
export type AccessArea = "sign-in" | "presence" | "messages" | "setting";

/** `owner` is a person's id, or {@link applicationOwner}. */
export interface AccessProblem {
  readonly owner: string;
  readonly area: AccessArea;
  readonly code: GraphErrorCode | "switched-off";
  readonly sinceMs: number;
}

export interface AccessProblems {
  /** `"new"` to one caller of all nodes, who tells the owner; a problem known already keeps its time. */
  record(problem: AccessProblem): Promise<"new" | "known">;
  /** Whether there was such a problem. */
  clear(owner: string, area: AccessArea): Promise<boolean>;
  /** Longest first. */
  list(): Promise<readonly AccessProblem[]>;
}
