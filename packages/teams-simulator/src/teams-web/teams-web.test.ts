import { expect, test } from "bun:test";
import { contoso } from "../testing/contoso.ts";

test("a message's deep link shows its chat with the message marked", async () => {
  await using tenant = await contoso();
  const { conversations } = tenant.tenant;
  const chat = conversations.create({
    chatType: "group",
    topic: "A & B",
    memberIds: [tenant.alice.id, tenant.bob.id],
  });
  const first = conversations.send(chat.id, { from: { userId: tenant.alice.id }, text: "1 < 2" });
  const second = conversations.send(chat.id, { from: { userId: tenant.bob.id }, html: "<p>Yes</p>" });
  const context = encodeURIComponent('{"contextType":"chat"}');
  const link = `${tenant.teamsUrl}/l/message/${encodeURIComponent(chat.id)}/${second.id}?tenantId=${tenant.tenantId}&context=${context}`;
  const answer = await fetch(link);
  const html = await answer.text();
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-security-policy")).toStartWith("default-src 'none'");
  expect(html).toContain("<h1>A &amp; B</h1>");
  expect(html).toContain("<p>1 &lt; 2</p>");
  expect(html).toMatch(new RegExp(`id="m${second.id}" aria-current="true"`));
  expect(html).not.toMatch(new RegExp(`id="m${first.id}" aria-current`));
});

test("a chat's links show it without a mark, deleted messages as such", async () => {
  await using tenant = await contoso();
  const { conversations } = tenant.tenant;
  const chat = conversations.create({ chatType: "oneOnOne", memberIds: [tenant.alice.id, tenant.bob.id] });
  const sent = conversations.send(chat.id, { from: { userId: tenant.alice.id }, text: "regret" });
  conversations.delete(chat.id, sent.id);
  for (const end of ["conversations", "0"]) {
    const html = await (
      await fetch(`${tenant.teamsUrl}/l/chat/${encodeURIComponent(chat.id)}/${end}`)
    ).text();
    expect(html).toContain("This message has been deleted.");
    expect(html).not.toContain("regret");
    expect(html).not.toContain("aria-current=");
  }
});

test("links to what is not there answer 404", async () => {
  await using tenant = await contoso();
  const { conversations } = tenant.tenant;
  const chat = conversations.create({ chatType: "oneOnOne", memberIds: [tenant.alice.id, tenant.bob.id] });
  const statusOf = async (path: string) => (await fetch(`${tenant.teamsUrl}${path}`)).status;
  expect(await statusOf("/l/message/none/1")).toBe(404);
  expect(await statusOf(`/l/message/${encodeURIComponent(chat.id)}/1`)).toBe(404);
  expect(await statusOf("/l/chat/0/0?users=a@b.example")).toBe(200);
});
