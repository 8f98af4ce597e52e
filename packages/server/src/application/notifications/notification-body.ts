import { z } from "zod";

/**
 * Graph's documentation and its notifications disagree on casing (facts, section 4), so keys are compared without it:
 * they are brought to lower case before the shape is checked. Values, ids above all, stay as they came.
 */
export function lowerCaseKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowerCaseKeys);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key.toLowerCase(), lowerCaseKeys(inner)]),
  );
}

const optionalText = z
  .string()
  .nullish()
  .transform((text) => text ?? undefined);

const encryptedContent = z
  .object({
    data: z.string(),
    datasignature: z.string(),
    datakey: z.string(),
    encryptioncertificateid: z.string(),
    encryptioncertificatethumbprint: optionalText,
  })
  .transform((content) => ({
    data: content.data,
    dataSignature: content.datasignature,
    dataKey: content.datakey,
    encryptionCertificateId: content.encryptioncertificateid,
    encryptionCertificateThumbprint: content.encryptioncertificatethumbprint,
  }));

const changeItem = z
  .object({
    subscriptionid: z.string().min(1),
    clientstate: optionalText,
    tenantid: optionalText,
    changetype: z
      .string()
      .toLowerCase()
      .pipe(z.enum(["created", "updated", "deleted"])),
    resource: z.string().min(1),
    resourcedata: z.object({ "@odata.etag": optionalText, "@odata.id": optionalText }).nullish(),
    encryptedcontent: encryptedContent.nullish(),
  })
  .transform((item) => ({
    subscriptionId: item.subscriptionid,
    clientState: item.clientstate ?? "",
    tenantId: item.tenantid,
    changeType: item.changetype,
    resource: item.resource,
    odataId: item.resourcedata?.["@odata.id"],
    etag: item.resourcedata?.["@odata.etag"],
    encryptedContent: item.encryptedcontent ?? undefined,
  }));

const lifecycleItem = z
  .object({ subscriptionid: z.string().min(1), clientstate: optionalText, lifecycleevent: z.string().min(1) })
  .transform((item) => ({
    subscriptionId: item.subscriptionid,
    clientState: item.clientstate ?? "",
    event: item.lifecycleevent.toLowerCase(),
  }));

export type ChangeItem = z.infer<typeof changeItem>;
export type LifecycleItem = z.infer<typeof lifecycleItem>;

const body = z.object({ value: z.array(z.unknown()), validationtokens: z.array(z.string()).nullish() });

/** The items of a request that have the documented shape, and how many have not: one bad item never loses the good ones. */
export interface ReadBody<Item> {
  readonly items: readonly Item[];
  readonly malformed: number;
  readonly validationTokens: readonly string[];
}

/** Reads change notifications; `undefined` when it is not a notification request at all. */
export function readChanges(json: unknown): ReadBody<ChangeItem> | undefined {
  return read(json, changeItem);
}

/** Reads lifecycle notifications; `undefined` when it is not a notification request at all. */
export function readLifecycle(json: unknown): ReadBody<LifecycleItem> | undefined {
  return read(json, lifecycleItem);
}

function read<Item>(json: unknown, schema: z.ZodType<Item>): ReadBody<Item> | undefined {
  const parsed = body.safeParse(lowerCaseKeys(json));
  if (!parsed.success) return undefined;
  const items = parsed.data.value.flatMap((value) => {
    const item = schema.safeParse(value);
    return item.success ? [item.data] : [];
  });
  return {
    items,
    malformed: parsed.data.value.length - items.length,
    validationTokens: parsed.data.validationtokens ?? [],
  };
}
