import { z } from "zod";

/** An item, and what it holds directly; nothing of ours lies deeper, and what is nested without end is not followed. */
const itemLevels = 2;

/**
 * Graph's documentation and its notifications disagree on casing (facts, section 4), so keys are compared without it:
 * they are brought to lower case, as many levels down as asked for, before the shape is checked. Values stay as they came.
 */
function lowerCaseKeys(value: unknown, levels: number): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value) || levels === 0) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key.toLowerCase(), lowerCaseKeys(inner, levels - 1)]),
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

/**
 * The smallest genuine item, with its keys and signature, has about 2 kB, so this many fill the largest body that is read.
 * More are small change meant to keep the process busy: nobody has proved to be Graph yet when items are looked at.
 */
const maxItems = 2_000;
/** Graph sends one for each pair of app and tenant (facts, section 4); checking one costs a signature. */
const maxValidationTokens = 100;

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
  const outer = lowerCaseKeys(json, 1);
  // Counted first: items are not worth a look before their number is known.
  if (holdsTooMany(outer)) return undefined;
  const parsed = body.safeParse(outer);
  if (!parsed.success) return undefined;
  const items = parsed.data.value.flatMap((value) => {
    const item = schema.safeParse(lowerCaseKeys(value, itemLevels));
    return item.success ? [item.data] : [];
  });
  return {
    items,
    malformed: parsed.data.value.length - items.length,
    validationTokens: parsed.data.validationtokens ?? [],
  };
}

function holdsTooMany(outer: unknown): boolean {
  const { value, validationtokens }: Readonly<Record<string, unknown>> = Object(outer);
  return isLonger(value, maxItems) || isLonger(validationtokens, maxValidationTokens);
}

function isLonger(value: unknown, most: number): boolean {
  return Array.isArray(value) && value.length > most;
}
