import type { Directory } from "../tenant/directory.ts";
import type { ValidationTokenIssuer } from "../tenant/tokens.ts";
import type { NotificationItem } from "./change-item.ts";

/** One notification on its way to `url`. */
export interface Parcel {
  readonly url: string;
  readonly item: NotificationItem;
  readonly subject: string;
  readonly orderKey: string;
  readonly subscriptionId: string;
  /** Client id whose validation token must accompany the item, null for basic and lifecycle notifications. */
  readonly audience: string | null;
  readonly queuedAt: number;
}

/**
 * The body of one POST: the items, and for rich ones a validation token for each distinct app. An app whose service
 * principal requires assignment gets `validationTokens: null` (section 4).
 */
export async function envelope(
  parcels: readonly Parcel[],
  version: "1.0" | "2.0",
  issuer: ValidationTokenIssuer,
  directory: Directory,
): Promise<string> {
  const value = parcels.map((parcel) => parcel.item);
  const audiences = [...new Set(parcels.flatMap((parcel) => parcel.audience ?? []))];
  if (audiences.length === 0) return JSON.stringify({ value });
  const open = audiences.filter(
    (clientId) => directory.findApp(clientId)?.appRoleAssignmentRequired !== true,
  );
  const tokens = await Promise.all(
    open.map((audience) => issuer.issueValidationToken({ audience, version })),
  );
  return JSON.stringify({ value, validationTokens: tokens.length === 0 ? null : tokens });
}
