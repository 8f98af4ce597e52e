import type { SharedFile } from "./drive.ts";

type UserIdentityType =
  | "aadUser"
  | "onPremiseAadUser"
  | "anonymousGuest"
  | "federatedUser"
  | "personalMicrosoftAccountUser"
  | "skypeUser"
  | "phoneUser"
  | "emailUser";

type ApplicationIdentityType =
  | "aadApplication"
  | "bot"
  | "tenantBot"
  | "office365Connector"
  | "outgoingWebhook";

/** Who wrote a message; `null` in a message stands for a deleted author or the system. */
export type MessageSender =
  | {
      readonly kind: "user";
      readonly id: string;
      readonly displayName: string | null;
      readonly userIdentityType: UserIdentityType;
      readonly tenantId: string | null;
    }
  | {
      readonly kind: "application";
      readonly id: string;
      readonly displayName: string | null;
      readonly applicationIdentityType: ApplicationIdentityType;
    };

/** What an `<at id="n">` element in the body stands for. */
export interface Mention {
  readonly id: number;
  readonly mentionText: string;
  readonly mentioned:
    | { readonly kind: "user"; readonly id: string; readonly displayName: string }
    | { readonly kind: "application"; readonly id: string; readonly displayName: string }
    | { readonly kind: "conversation"; readonly id: string; readonly displayName: string }
    | { readonly kind: "tag"; readonly id: string; readonly displayName: string };
}

/** One attachment; `content` is a JSON string for cards and message references. */
export interface Attachment {
  readonly id: string;
  readonly contentType: string;
  readonly contentUrl: string | null;
  readonly content: string | null;
  readonly name: string | null;
  readonly thumbnailUrl: string | null;
  readonly teamsAppId: string | null;
}

export interface Reaction {
  readonly reactionType: string;
  readonly displayName: string | null;
  readonly userId: string;
  readonly createdAt: number;
}

/** Bytes served at `…/hostedContents/{id}/$value`. */
export interface HostedContent {
  readonly id: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** A chat message; times in epoch milliseconds, `id` unique only within its chat. */
export interface ChatMessage {
  readonly id: string;
  readonly chatId: string;
  readonly messageType: "message" | "systemEventMessage";
  readonly createdAt: number;
  lastModifiedAt: number;
  lastEditedAt: number | null;
  deletedAt: number | null;
  from: MessageSender | null;
  subject: string | null;
  importance: "normal" | "high" | "urgent";
  body: { contentType: "text" | "html"; content: string };
  attachments: Attachment[];
  mentions: Mention[];
  reactions: Reaction[];
  hostedContents: HostedContent[];
  /** What a deleted message showed, for when its sender takes the deletion back. */
  withdrawn: Pick<ChatMessage, "body" | "attachments" | "mentions"> | null;
  /** Graph's own shape, for system events only. */
  eventDetail: Readonly<Record<string, unknown>> | null;
}

/** What a sender gives; `html` wins over `text`. */
export interface NewMessage {
  /** A member, whose name Graph leaves out when `displayName` is null (section 5), or whoever is described. */
  readonly from: { readonly userId: string; readonly displayName?: null | undefined } | MessageSender | null;
  readonly text?: string;
  readonly html?: string;
  readonly subject?: string;
  readonly importance?: ChatMessage["importance"];
  readonly mentions?: readonly Mention[];
  readonly attachments?: readonly Partial<Attachment>[];
  /**
   * Pictures and code within the message. `html` places a picture with `<img src="../hostedContents/{id}/$value">`, as
   * senders do; an attachment's JSON refers to code in the same way.
   */
  readonly hostedContents?: readonly HostedContent[];
  /** Shared with everybody in the chat. */
  readonly files?: readonly SharedFile[];
  /** Quotes this message of the same chat. */
  readonly replyTo?: string;
}
