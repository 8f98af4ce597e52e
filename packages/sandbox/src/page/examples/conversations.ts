import { type Example, type Member, says } from "./example.ts";

const person = ({ id, displayName }: Member) => ({ kind: "user", id, displayName });

function reference(contentType: string, content: unknown) {
  return { contentType, content: JSON.stringify(content) };
}

/** Whom people call, what they answer, and who else writes. */
export const conversations: readonly Example[] = [
  {
    kind: "mention",
    label: "A mention of the reader",
    place: "group",
    shows: "can you sign the permit",
    acts: ({ reader }) => [
      {
        kind: "send",
        html: `<p><at id="0">${reader.displayName}</at> can you sign the permit today?</p>`,
        mentions: [{ id: 0, mentionText: reader.displayName, mentioned: person(reader) }],
      },
    ],
  },
  {
    kind: "mention-everyone",
    label: "A mention of everyone",
    place: "group",
    shows: "the drill begins",
    acts: ({ chatId }) => [
      {
        kind: "send",
        html: '<p><at id="0">Everyone</at> the drill begins at ten, at the north gate.</p>',
        mentions: [
          {
            id: 0,
            mentionText: "Everyone",
            mentioned: { kind: "conversation", id: chatId, displayName: "Everyone" },
          },
        ],
      },
    ],
  },
  {
    kind: "reply",
    label: "An answer to a message",
    shows: "The small one will do",
    acts: () => [
      {
        kind: "reply",
        to: "<p>Which crane do you need on Thursday, the small one or the large one?</p>",
        html: "<p>The small one will do.</p>",
      },
    ],
  },
  {
    kind: "forward",
    label: "A forwarded message",
    shows: "Worth reading before the meeting",
    acts: ({ chatId }) => [
      {
        kind: "send",
        html: "<p>Worth reading before the meeting:</p>",
        attachments: [
          reference("forwardedMessageReference", {
            originalMessageId: "1790000000000",
            originalMessageContent:
              "<p>The insurer accepts the report. <strong>Two points are open:</strong></p><ul><li>age of the moorings</li><li>access for the fire brigade</li></ul>",
            originalConversationId: chatId,
            originalMessageSender: {
              user: {
                id: "6f0f8f0e-3c1f-4a52-9a4f-2d6a1e7d3b11",
                displayName: "Carla Mendes",
                userIdentityType: "aadUser",
              },
            },
          }),
        ],
      },
    ],
  },
  {
    kind: "meeting",
    label: "A message in a meeting's chat",
    place: "meeting",
    shows: "slides for the second part",
    acts: says({ html: "<p>The slides for the second part are in the folder of the meeting.</p>" }),
  },
  {
    kind: "high",
    label: "High importance, with a subject",
    shows: "Gate closes at noon",
    acts: says({
      importance: "high",
      subject: "Gate closes at noon",
      html: "<p>Deliveries after twelve go to the south gate.</p>",
    }),
  },
  {
    kind: "urgent",
    label: "Urgent, with a subject",
    shows: "Oil in the north basin",
    acts: says({
      importance: "urgent",
      subject: "Oil in the north basin",
      html: "<p>All crews stay on board. Call the duty officer.</p>",
    }),
  },
  {
    kind: "external",
    label: "Somebody of another organisation",
    shows: "papers for the crane",
    acts: says({
      from: {
        kind: "user",
        id: "0b7f7c1c-52d4-4a4c-8d0e-5f4a3a3f9d21",
        displayName: "Farid Haddad",
        userIdentityType: "federatedUser",
        tenantId: "9a2e9c57-9f2c-4f7b-8d0a-6d1c2f4b7e90",
      },
      html: "<p>We send the papers for the crane tomorrow.</p>",
    }),
  },
  {
    kind: "unnamed",
    label: "Senders whom Graph does not name",
    shows: "High water is at four",
    acts: ({ chatId, sender, reader }) => {
      // Letters of ids differ from place to place.
      const unnamed = ({ id }: Member) => ({
        application: null,
        device: null,
        user: { id: id.toUpperCase(), displayName: null, userIdentityType: "aadUser" },
      });
      const quote = { messageId: "1790000000000", messagePreview: "When is the tide?" };
      return [
        {
          kind: "send",
          from: { userId: sender.id, displayName: null },
          html: '<attachment id="1790000000000"></attachment><p>I wrote that down last week:</p>',
          attachments: [
            {
              id: quote.messageId,
              ...reference("messageReference", { ...quote, messageSender: unnamed(reader) }),
            },
            reference("forwardedMessageReference", {
              originalMessageId: "1780000000000",
              originalMessageContent: "<p>High water is at four.</p>",
              originalConversationId: chatId,
              originalMessageSender: unnamed(sender),
            }),
          ],
        },
      ];
    },
  },
  {
    kind: "bot",
    label: "A bot",
    needs: "/msteams settings bots on",
    shows: "Water level at the north gate",
    acts: says({
      from: {
        kind: "application",
        id: "28:2b1a6f0d-8f35-4a8e-9f2c-0c1d2e3f4a5b",
        displayName: "Tide watch",
        applicationIdentityType: "bot",
      },
      html: "<p>Water level at the north gate: <strong>4.2 m</strong>, falling.</p>",
    }),
  },
  {
    kind: "guest",
    label: "A guest without an account",
    place: "meeting",
    shows: "hear me now",
    acts: says({
      from: {
        kind: "user",
        id: "guest-of-the-meeting",
        displayName: "Grete",
        userIdentityType: "anonymousGuest",
        tenantId: null,
      },
      html: "<p>Can you hear me now?</p>",
    }),
  },
  {
    kind: "together",
    label: "Three messages in quick succession",
    needs: "/msteams settings together on",
    shows: "I wait at the gate",
    acts: () => [
      { kind: "send", html: "<p>The inspector is early.</p>" },
      { kind: "send", html: "<p>She asks for the <strong>log of the cranes</strong>.</p>" },
      { kind: "send", html: "<p>I wait at the gate with her.</p>" },
    ],
  },
  {
    kind: "edited",
    label: "A message that is edited",
    shows: "The inspection is at three",
    acts: () => [
      { kind: "send", html: "<p>The inspection is at two.</p>" },
      { kind: "edit", html: "<p>The inspection is at three.</p>" },
    ],
  },
  {
    kind: "deleted",
    label: "A message that is deleted",
    shows: "deleted in Teams",
    acts: () => [{ kind: "send", html: "<p>The code of the gate has changed.</p>" }, { kind: "delete" }],
  },
];
