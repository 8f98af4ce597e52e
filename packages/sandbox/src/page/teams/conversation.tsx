import { useEffect, useRef, useState } from "preact/hooks";
import type { Example } from "../examples/example.ts";
import { ExamplesMenu } from "./examples-menu.tsx";
import { type TeamsChat, type TeamsMessage, type TeamsPerson, tenant } from "./tenant-client.ts";

/** One chat as one person sees it: read, send, edit, delete. */
export function Conversation(props: {
  readonly chat: TeamsChat;
  readonly actor: TeamsPerson;
  readonly messages: readonly TeamsMessage[];
  onExample(example: Example): void;
  report(error: unknown): void;
}) {
  const { chat, actor, messages, onExample, report } = props;
  const [text, setText] = useState("");
  const [editing, setEditing] = useState<string>();
  const [file, setFile] = useState<File>();
  const chooser = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  useEffect(() => list.current?.scrollTo(0, list.current.scrollHeight), [messages.length]);

  const stopEditing = () => {
    setText("");
    setEditing(undefined);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    if (text.trim() === "" && (file === undefined || editing !== undefined)) return;
    const done =
      editing === undefined
        ? tenant.send(chat.id, actor.id, text, file)
        : tenant.edit(chat.id, editing, text);
    stopEditing();
    setFile(undefined);
    if (chooser.current !== null) chooser.current.value = "";
    done.catch(report);
  };
  return (
    <>
      <ol class="messages" ref={list} aria-label="Messages in Teams">
        {messages.map((message) => (
          <Message
            key={message.id}
            message={message}
            isOwn={message.from?.user?.id === actor.id}
            onEdit={() => {
              setEditing(message.id);
              setText(plainText(message.body.content));
              input.current?.focus();
            }}
            onDelete={() => {
              // What is being edited may be the very message.
              if (editing === message.id) stopEditing();
              tenant.remove(chat.id, message.id).catch(report);
            }}
            onRestore={() => void tenant.restore(chat.id, message.id).catch(report)}
          />
        ))}
      </ol>
      <form class="composer" onSubmit={submit}>
        <textarea
          ref={input}
          aria-label="Message in Teams"
          placeholder={`Write as ${actor.displayName}`}
          rows={2}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !event.shiftKey) submit(event);
            if (event.key === "Escape" && editing !== undefined) stopEditing();
          }}
        />
        <input
          type="file"
          ref={chooser}
          aria-label="Picture or file to send"
          disabled={editing !== undefined}
          onChange={(event) => setFile(event.currentTarget.files?.[0])}
        />
        <ExamplesMenu onChoose={onExample} />
        <button type="submit">{editing === undefined ? "Send in Teams" : "Save"}</button>
      </form>
    </>
  );
}

function Message(props: {
  readonly message: TeamsMessage;
  readonly isOwn: boolean;
  onEdit(): void;
  onDelete(): void;
  onRestore(): void;
}) {
  const { message, isOwn } = props;
  const isDeleted = message.deletedDateTime !== null;
  if (message.messageType !== "message") return <li class="event">The chat changed</li>;
  return (
    <li class={isOwn ? "own" : ""}>
      <strong>{(message.from?.user ?? message.from?.application)?.displayName ?? "Somebody"}</strong>{" "}
      <time>{new Date(message.createdDateTime).toLocaleTimeString()}</time>
      {message.lastEditedDateTime !== null && <em> edited</em>}
      <p>{isDeleted ? <em>deleted</em> : plainText(message.body.content)}</p>
      {broughtIn(message).map((name) => (
        <p key={name}>
          <small>{name}</small>
        </p>
      ))}
      {isOwn && isDeleted && (
        <span class="actions">
          <button type="button" onClick={props.onRestore}>
            Undo
          </button>
        </span>
      )}
      {isOwn && !isDeleted && (
        <span class="actions">
          <button type="button" onClick={props.onEdit}>
            Edit
          </button>{" "}
          <button type="button" onClick={props.onDelete}>
            Delete
          </button>
        </span>
      )}
    </li>
  );
}

/** What a message brings besides words, by name. */
function broughtIn({ body, attachments }: TeamsMessage): readonly string[] {
  const pictures = /<img[^>]+\/hostedContents\//.test(body.content) ? ["Picture"] : [];
  return [...pictures, ...attachments.flatMap(nameOf)];
}

function nameOf({ contentType, name }: TeamsMessage["attachments"][number]): readonly string[] {
  if (name !== null) return [`File: ${name}`];
  return contentType === "reference" ? [] : [attachmentNames[contentType] ?? "Card"];
}

const attachmentNames: Readonly<Record<string, string>> = {
  messageReference: "Answers a message",
  forwardedMessageReference: "Forwarded message",
  "application/vnd.microsoft.card.codesnippet": "Code snippet",
  "application/vnd.microsoft.card.fluidEmbedCard": "Loop component",
};

/** The words of a message. The page never inserts foreign HTML into itself. */
function plainText(html: string): string {
  const parsed = new DOMParser().parseFromString(
    html.replaceAll(/<\/(p|div|li|tr|h\d)>/g, "$&\n"),
    "text/html",
  );
  return (parsed.body.textContent ?? "").trim();
}
