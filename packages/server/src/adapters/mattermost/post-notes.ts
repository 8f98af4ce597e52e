import type { AnyValue } from "@msteams-notifications/plugin-sdk";

type Props = Readonly<Record<string, AnyValue>>;

/** Notes by the key of the message they belong to; what is shown is made of them. */
export const notesProp = "msteams_notifications_notes";

/** Tells our attachment from any other, and is what clients show that know no attachments (facts, section 4). */
const fallback = "Files that were not copied";

/** Quiet, like what Mattermost itself says below a post. */
const color = "#8d93a5";

/**
 * The post's props with `note` for one message; empty for none. Notes stand in a message attachment below the text, so
 * that text and notes change apart from each other: each of them is written by other work.
 */
export function withNote(props: Props, key: string, note: string): Props {
  const { [key]: _, ...others } = notesIn(props);
  const notes = note === "" ? others : { ...others, [key]: note };
  const foreign = listOf(props.attachments).filter((each) => !isOurs(each));
  const texts = Object.values(notes);
  const shown = texts.length === 0 ? [] : [{ fallback, color, text: texts.join("\n") }];
  const { [notesProp]: _notes, attachments: _attachments, ...rest } = props;
  const attachments = [...foreign, ...shown];
  return {
    ...rest,
    ...(texts.length > 0 && { [notesProp]: notes }),
    ...(attachments.length > 0 && { attachments }),
  };
}

function notesIn(props: Props): Readonly<Record<string, string>> {
  const notes = recordOf(props[notesProp]) ?? {};
  return Object.fromEntries(
    Object.entries(notes).flatMap(([key, note]) => (typeof note === "string" ? [[key, note]] : [])),
  );
}

function isOurs(attachment: AnyValue): boolean {
  const record = recordOf(attachment);
  return record?.fallback === fallback || record?.Fallback === fallback;
}

function listOf(value: AnyValue | undefined): readonly AnyValue[] {
  return Array.isArray(value) ? value : [];
}

function recordOf(value: AnyValue | undefined): Props | undefined {
  const isRecord =
    typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
  return isRecord ? (value as Props) : undefined;
}
