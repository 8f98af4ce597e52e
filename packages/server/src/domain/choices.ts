/** One value that a choice can have. All texts are Markdown. */
export interface ChoiceValue {
  /** The label of its radio button. */
  readonly option: string;
  /** What it does, in the suggestions while a command is typed and in the table of docs/using.md. */
  readonly helpText: string;
  /** What is so while it is chosen: one sentence. */
  readonly state: string;
  /** What somebody who chooses it should know besides. */
  readonly note?: string;
}

/** Something a person can choose. The first of its values is what whoever never chose has. */
export interface Choice<Value extends string = string> {
  /** Title of its section under Plugin Preferences: unique, and no longer than a line. */
  readonly section: string;
  /** What the radio buttons are labels for. */
  readonly question: string;
  /** Stands with them. */
  readonly explanation: string;
  /** What follows `/msteams`, before the value. */
  readonly command: readonly string[];
  /** What the choice is about, in the suggestions while the command is typed. */
  readonly helpText: string;
  /** Whether its state is told by `/msteams status` even as it is at first. */
  readonly isAlwaysTold?: boolean;
  readonly values: { readonly [Each in Value]: ChoiceValue };
}

function choice<const Value extends string>(declared: Choice<Value>): Choice<Value> {
  return declared;
}

const twice = "The same message may then come twice: in Teams, and here.";

function graceOf(time: string): ChoiceValue {
  return {
    option: `After ${time}, unless I saw it in Teams`,
    helpText: `Messages arrive ${time} after they were sent, unless you saw them in Teams`,
    state: `Messages arrive **after ${time}**, unless you saw them in Teams by then.`,
  };
}

function messagesOf(
  chats: string,
  word: string,
  about: Pick<Choice, "section" | "helpText">,
): Choice<"all" | "mentions" | "none"> {
  return {
    ...about,
    question: `Of ${chats}, notify me about`,
    explanation: "You are mentioned by your name, or with everyone in the chat.",
    command: ["settings", word],
    values: {
      all: {
        option: "All messages",
        helpText: `All messages of ${chats} arrive`,
        state: `All messages of ${chats} **arrive**.`,
      },
      mentions: {
        option: "Messages that mention me",
        helpText: `Of ${chats}, only what mentions you or everyone arrives`,
        state: `Of ${chats}, **only what mentions you** or everyone arrives.`,
      },
      none: {
        option: "None",
        helpText: `Nothing of ${chats} arrives`,
        state: `Nothing of ${chats} **arrives**.`,
      },
    },
  };
}

/**
 * Everything a person can choose, once: by name in Mattermost's preferences (at most 32 bytes), in the order of the
 * preferences page. From this table come the type of the preferences, what is read and written there, the commands and
 * their suggestions, the preferences page, the sentences of `/msteams status` and the table in docs/using.md. It imports
 * nothing, because the web half reads it too.
 */
export const choices = {
  notifications: choice({
    section: "Chat notifications",
    question: "Notify me in Mattermost about Microsoft Teams chats",
    explanation:
      "Messages of chats, group chats and meeting chats arrive as direct messages from the MS Teams bot. What else you choose here says which of them, and when.",
    command: ["notifications"],
    helpText: "Whether anything arrives at all",
    isAlwaysTold: true,
    values: {
      on: {
        option: "On",
        helpText: "Turn notifications on",
        state: "Notifications are **on**: new chat messages arrive as direct messages from the MS Teams bot.",
      },
      off: {
        option: "Off",
        helpText: "Turn notifications off",
        state: "Notifications are **off**. Turn them on with `/msteams notifications on`.",
        note: "Messages that come while this is off are not sent later.",
      },
    },
  }),
  when: choice({
    section: "When messages arrive",
    question: "Notify me while Teams shows me as",
    explanation:
      "With anything but the first, the same message may come twice: in Teams, and here. While you present, others may see what arrives.",
    command: ["settings", "when"],
    helpText: "What Teams shows of you when messages arrive",
    isAlwaysTold: true,
    values: {
      away: {
        option: "Away or offline",
        helpText: "Messages arrive while you are away or offline in Teams",
        state: "They arrive **while you are away or offline** in Teams.",
      },
      busy: {
        option: "Away or offline; also busy, in a call or in a meeting",
        helpText:
          "Messages arrive also while you are busy, in a call or in a meeting, but not while you present",
        state: "They arrive **also while you are busy**, in a call or in a meeting in Teams.",
        note: twice,
      },
      unavailable: {
        option: "Anything but Available",
        helpText: "Messages arrive also while you present, do not want to be disturbed or will be right back",
        state: "They arrive **whenever you are not available** in Teams.",
        note: twice,
      },
      always: {
        option: "Whatever it is",
        helpText: "Messages arrive whatever Teams shows",
        state: "They arrive **always**, whatever Teams shows of you.",
        note: twice,
      },
    },
  }),
  grace: choice({
    section: "A moment's grace",
    question: "Of a message, notify me",
    explanation:
      "What you saw in Teams within the time you choose does not come here: you were in front of Teams, or wrote in the chat.",
    command: ["settings", "grace"],
    helpText: "How long a message waits for you to see it in Teams",
    values: {
      off: {
        option: "At once",
        helpText: "Messages arrive at once",
        state: "Messages arrive **at once**.",
      },
      "1m": graceOf("a minute"),
      "2m": graceOf("2 minutes"),
      "5m": graceOf("5 minutes"),
      "10m": graceOf("10 minutes"),
    },
  }),
  direct: choice(
    messagesOf("chats of two", "direct", {
      section: "Chats of two",
      helpText: "Which messages arrive of chats with one other person",
    }),
  ),
  groups: choice(
    messagesOf("group chats", "groups", {
      section: "Group chats",
      helpText: "Which messages arrive of group chats",
    }),
  ),
  meetings: choice(
    messagesOf("meeting chats", "meetings", {
      section: "Meeting chats",
      helpText: "Which messages arrive of the chats of meetings",
    }),
  ),
  bots: choice({
    section: "Bots and apps",
    question: "Notify me about messages of",
    explanation: "Bots, connectors and workflows write in Teams chats too, some of them often.",
    command: ["settings", "bots"],
    helpText: "Whether messages of bots and apps arrive",
    values: {
      off: {
        option: "People only",
        helpText: "Only what people write arrives",
        state: "Messages of bots and apps **do not arrive**.",
      },
      on: {
        option: "People, bots and apps",
        helpText: "What bots, connectors and workflows write arrives too",
        state: "Messages of bots and apps **arrive too**.",
      },
    },
  }),
  show: choice({
    section: "What is shown",
    question: "Of a message, show me",
    explanation:
      "Less than the whole message brings no pictures and files, either. The link to Teams is always there.",
    command: ["settings", "show"],
    helpText: "How much of a message is shown",
    // From most to least: an administrator's limit takes away what stands before it.
    values: {
      whole: {
        option: "The whole message",
        helpText: "The whole message is shown",
        state: "Messages are shown **whole**.",
      },
      sender: {
        option: "Who wrote, and in which chat",
        helpText: "Who wrote and in which chat is shown, and nothing of what they wrote",
        state: "Of messages, **who wrote and in which chat** is shown.",
      },
      notice: {
        option: "That there is a message",
        helpText: "That there is a message is shown, and nothing of it",
        state: "Of messages, **only that there is one** is shown.",
      },
    },
  }),
  threads: choice({
    section: "Threads",
    question: "Show the messages of a Teams chat",
    explanation: "Counts from the next message on; what has arrived stays where it is.",
    command: ["settings", "threads"],
    helpText: "Where the messages of a chat stand",
    values: {
      flat: {
        option: "One below the other",
        helpText: "All messages stand one below the other",
        state: "The messages of all chats stand **one below the other**.",
      },
      chats: {
        option: "In one thread for each Teams chat",
        helpText: "The messages of each Teams chat stand in one thread, named after the chat",
        state: "The messages of each Teams chat stand in **one thread**.",
        note: "Where Mattermost shows collapsed threads, replies are listed under **Threads** and do not mark the conversation with the bot as unread.",
      },
    },
  }),
  together: choice({
    section: "Messages in quick succession",
    question: "Show messages that one chat brings within some seconds",
    explanation: "Nothing is left out either way.",
    command: ["settings", "together"],
    helpText: "Whether messages in quick succession share a post",
    values: {
      off: {
        option: "Each as its own post",
        helpText: "Every message is a post of its own",
        state: "Every message is **a post of its own**.",
      },
      on: {
        option: "Together in one post",
        helpText: "What one chat brings within some seconds shares a post",
        state: "Messages that one chat brings within some seconds **share a post**.",
        note: "You are notified of the first of them; the others are added to its post, which Mattermost then shows as edited.",
      },
    },
  }),
} as const;

export type ChoiceName = keyof typeof choices;

/** What somebody chose, of everything that can be chosen. */
export type Choices = {
  readonly [Name in ChoiceName]: (typeof choices)[Name] extends Choice<infer Value> ? Value : never;
};

/** In the table's order. */
export const choiceNames = Object.keys(choices) as readonly ChoiceName[];

/** The values of one choice, that of whoever never chose first. */
export function valuesOf<Name extends ChoiceName>(name: Name): readonly Choices[Name][] {
  return Object.keys(choices[name].values) as Choices[Name][];
}

/** What a value of a choice says of itself. */
export function wordsOf<Name extends ChoiceName>(name: Name, value: Choices[Name]): ChoiceValue {
  const values: Readonly<Record<string, ChoiceValue>> = choices[name].values;
  const found = values[value];
  if (found === undefined) throw new TypeError("A choice has a value that it does not know.");
  return found;
}

/** Of whoever never chose. */
export const defaultChoices = Object.fromEntries(
  choiceNames.map((name) => [name, valuesOf(name)[0]]),
) as Choices;

/** What `saved` holds by name: people can write anything into their preferences, and what is not known is the default. */
export function readChoices(saved: ReadonlyMap<string, string>): Choices {
  const chosen = (name: ChoiceName) => valuesOf(name).find((value) => value === saved.get(name));
  return Object.fromEntries(
    choiceNames.map((name) => [name, chosen(name) ?? defaultChoices[name]]),
  ) as Choices;
}

/** The most that an administrator allows of a choice: of its values, those before this one are not in force. */
export type ChoiceLimits = Partial<Choices>;

/** The value that is in force: what was chosen, or the limit where that is less. */
export function withinLimit<Name extends ChoiceName>(
  name: Name,
  value: Choices[Name],
  limit: Choices[Name] | undefined,
): Choices[Name] {
  if (limit === undefined) return value;
  const values = valuesOf(name);
  return values.indexOf(value) < values.indexOf(limit) ? limit : value;
}

/** What is in force of what was chosen. */
export function withinLimits<Chosen extends Choices>(chosen: Chosen, limits: ChoiceLimits): Chosen {
  const inForce = choiceNames.map((name) => [name, withinLimit(name, chosen[name], limits[name])]);
  return { ...chosen, ...Object.fromEntries(inForce) };
}

/** Whether the choices are already as `changes` would make them. */
export function holds(chosen: Choices, changes: Partial<Choices>): boolean {
  return choiceNames.every((name) => changes[name] === undefined || changes[name] === chosen[name]);
}
