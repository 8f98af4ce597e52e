import { useCallback, useEffect, useState } from "preact/hooks";
import type { Example } from "../examples/example.ts";
import { Conversation } from "./conversation.tsx";
import { playExample } from "./play-example.ts";
import { PresenceSelect } from "./presence-select.tsx";
import { type TeamsChat, type TeamsMessage, type TeamsPerson, tenant } from "./tenant-client.ts";

/** A Teams client for any person of the tenant. */
export function TeamsPanel({ report }: { report(error: unknown): void }) {
  const [people, setPeople] = useState<readonly TeamsPerson[]>([]);
  const [chats, setChats] = useState<readonly TeamsChat[]>([]);
  const [messages, setMessages] = useState<readonly TeamsMessage[]>([]);
  const [actorId, setActorId] = useState<string>();
  const [chatId, setChatId] = useState<string>();

  // Colleagues write, the first person reads: the second one is who a visitor wants to be.
  const actor =
    people.find((person) => person.id === actorId) ??
    people.find((person) => /ben/i.test(person.displayName)) ??
    people[0];
  const own = chats.filter((chat) => chat.members.some((member) => member.userId === actor?.id));
  const chat = own.find((each) => each.id === chatId) ?? own[0];

  const refresh = useCallback(() => {
    tenant.people().then(setPeople, report);
    tenant.chats().then(setChats, report);
    if (chat !== undefined) tenant.messages(chat.id).then(setMessages, report);
  }, [chat?.id]);
  useEffect(() => tenant.watch(refresh), [refresh]);
  useEffect(refresh, [refresh]);

  const show = (example: Example) => {
    const place = own.find(({ chatType }) => chatType === example.place) ?? chat;
    const reader = place?.members.find(({ userId }) => userId !== actor?.id);
    if (place === undefined || actor === undefined || reader === undefined) return;
    setChatId(place.id);
    playExample(example, {
      chatId: place.id,
      sender: actor,
      reader: { id: reader.userId, displayName: reader.displayName },
    }).catch(report);
  };
  return (
    <section class="panel teams" aria-label="Microsoft Teams">
      <h2>
        Microsoft Teams <small>simulated tenant</small>
      </h2>
      <div class="people">
        {people.map((person) => (
          <div key={person.id} class="person">
            <span>{person.displayName}</span>
            <PresenceSelect
              person={person}
              onChange={(presence) => void tenant.setPresence(person.id, presence).catch(report)}
            />
          </div>
        ))}
      </div>
      <div class="choose">
        <label>
          You write as{" "}
          <select value={actor?.id ?? ""} onChange={(event) => setActorId(event.currentTarget.value)}>
            {people.map((person) => (
              <option key={person.id} value={person.id}>
                {person.displayName}
              </option>
            ))}
          </select>
        </label>
        <label>
          in the chat{" "}
          <select value={chat?.id ?? ""} onChange={(event) => setChatId(event.currentTarget.value)}>
            {own.map((each) => (
              <option key={each.id} value={each.id}>
                {chatName(each, actor?.id)}
              </option>
            ))}
          </select>
        </label>
      </div>
      {chat !== undefined && actor !== undefined && (
        <Conversation
          key={chat.id}
          chat={chat}
          actor={actor}
          messages={messages}
          onExample={show}
          report={report}
        />
      )}
    </section>
  );
}

function chatName(chat: TeamsChat, ownId: string | undefined): string {
  const others = chat.members.filter((member) => member.userId !== ownId).map((member) => member.displayName);
  return chat.topic === null ? others.join(", ") : `${chat.topic} (${chat.members.length} people)`;
}
