import type { CloudKind } from "../../domain/cloud.ts";

/** Why messages cannot be read again. */
export type NoCatchUp = "not-in-this-cloud" | "switched-off";

/** Microsoft offers no list of a person's messages in its China cloud (facts, section 1). */
export function whyNoCatchUp(settings: {
  readonly cloud: CloudKind;
  readonly syncNotifications: boolean;
}): NoCatchUp | undefined {
  if (!settings.syncNotifications) return "switched-off";
  return settings.cloud === "china" ? "not-in-this-cloud" : undefined;
}

/** What an administrator's wish to catch up led to. */
export type CatchUpStarted =
  | { readonly kind: "started"; readonly people: number }
  | { readonly kind: "impossible"; readonly why: NoCatchUp };
