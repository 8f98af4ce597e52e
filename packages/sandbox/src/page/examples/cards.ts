import { type Example, says } from "./example.ts";

function card(contentType: string, content: unknown, id?: string) {
  return {
    attachments: [{ contentType, content: JSON.stringify(content), ...(id !== undefined && { id }) }],
  };
}

/** What apps put into chats: people send most of these with an app of their own choice. */
export const cards: readonly Example[] = [
  {
    kind: "adaptive-card",
    label: "Adaptive card",
    shows: "Permit 2026-118",
    acts: says({
      html: "<p>Please decide on this one:</p>",
      ...card("application/vnd.microsoft.card.adaptive", {
        type: "AdaptiveCard",
        version: "1.5",
        body: [
          { type: "TextBlock", text: "Permit 2026-118", style: "heading" },
          { type: "TextBlock", text: "Welding on board of the **Halcyon**, hold three.", wrap: true },
          {
            type: "FactSet",
            facts: [
              { title: "Asked by", value: "Ben Okafor" },
              { title: "From", value: "26 November, 08:00" },
              { title: "Fire watch", value: "arranged" },
            ],
          },
        ],
        actions: [
          { type: "Action.OpenUrl", title: "Read the permit", url: "https://permits.harbour.example/118" },
          { type: "Action.Submit", title: "Approve" },
        ],
      }),
    }),
  },
  {
    kind: "hero-card",
    label: "Hero card",
    shows: "Quarterly figures",
    acts: says({
      html: "",
      ...card("application/vnd.microsoft.card.hero", {
        title: "Quarterly figures",
        subtitle: "July to September",
        text: "Cargo grew by four percent; fees by two.",
        images: [{ url: "https://figures.harbour.example/q3.png", alt: "Cargo by month" }],
        buttons: [{ type: "openUrl", title: "Open the report", value: "https://figures.harbour.example/q3" }],
      }),
    }),
  },
  {
    kind: "thumbnail-card",
    label: "Thumbnail card with faults in its JSON",
    shows: "Crane four",
    acts: says({
      html: "",
      attachments: [
        {
          contentType: "application/vnd.microsoft.card.thumbnail",
          // Apps write JSON by hand: an escape that there is not, a comma too many.
          content: String.raw`{
            "title": "Crane four",
            "subtitle": "Ready since 07:10",
            "text": "Last inspection in October\. Carries 40 tonnes.",
            "buttons": [{ "type": "messageBack", "title": "Reserve" },],
          }`,
        },
      ],
    }),
  },
  {
    kind: "list-card",
    label: "List card",
    shows: "Open questions",
    acts: says({
      html: "",
      ...card("application/vnd.microsoft.teams.card.list", {
        title: "Open questions",
        items: [
          { type: "section", title: "This week" },
          {
            type: "resultItem",
            title: "Who inspects lock two?",
            subtitle: "due on Friday",
            tap: { type: "openUrl", value: "https://tasks.harbour.example/31" },
          },
          { type: "resultItem", title: "New keys for the north gate", subtitle: "not assigned" },
        ],
      }),
    }),
  },
  {
    kind: "connector-card",
    label: "Card of an Office 365 connector",
    needs: "/msteams settings bots on",
    shows: "Backup of the ship register",
    acts: says({
      from: {
        kind: "application",
        id: "203a1e2c-26cc-47ca-83ae-be98f960b6b2",
        displayName: "Backups",
        applicationIdentityType: "office365Connector",
      },
      html: "",
      ...card("application/vnd.microsoft.teams.card.o365connector", {
        "@type": "MessageCard",
        // Connectors write HTML, Markdown or both.
        title: "Backup of the <em>ship register</em>",
        text: "Finished after <strong>12 minutes</strong>,<br>**nothing** is missing.",
        sections: [
          {
            activityTitle: "Night run",
            facts: [
              { name: "Written", value: "3.4 GB" },
              { name: "Checked", value: "yes" },
            ],
          },
        ],
        potentialAction: [
          {
            "@type": "OpenUri",
            name: "See the log",
            targets: [{ os: "default", uri: "https://backups.harbour.example/log" }],
          },
        ],
      }),
    }),
  },
  {
    kind: "announcement",
    label: "An announcement",
    place: "meeting",
    shows: "We move to pier nine",
    acts: says({
      // A banner stands above its text.
      html: '<attachment id="banner"></attachment><p>Boxes are in the hall from Monday on.</p>',
      ...card(
        "application/vnd.microsoft.teams.messaging-announcementBanner",
        {
          title: "We move to pier nine",
          cardImageType: "colorTheme",
          cardImageDetails: { colorTheme: "indigo" },
        },
        "banner",
      ),
    }),
  },
  {
    kind: "loop",
    label: "A Loop component",
    shows: "Loop component",
    acts: says({
      html: "<p>Please add your name:</p>",
      ...card("application/vnd.microsoft.card.fluidEmbedCard", {
        componentUrl: "https://contoso.sharepoint.example/loop/duty-list",
        sourceType: "Compose",
      }),
    }),
  },
];
