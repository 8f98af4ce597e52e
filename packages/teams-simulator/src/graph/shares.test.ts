import { expect, test } from "bun:test";
import type { DriveItem } from "../tenant/drive.ts";
import { type Contoso, contoso } from "../testing/contoso.ts";
import { tokenOf } from "../testing/delegated-token.ts";

const bytes = new TextEncoder().encode("quarterly figures");

/** Alice shares a report with Bob; Carol is not in the chat. */
function shared(tenant: Contoso): DriveItem {
  const { conversations, drive } = tenant.tenant;
  const chat = conversations.create({ chatType: "oneOnOne", memberIds: [tenant.alice.id, tenant.bob.id] });
  const files = [{ name: "report.docx", contentType: "application/msword", bytes }];
  const sent = conversations.send(chat.id, { from: { userId: tenant.alice.id }, text: "here", files });
  const [attachment] = sent.attachments;
  const item = drive.byUrl(attachment?.contentUrl ?? "");
  if (item === undefined) throw new Error("The message names no file.");
  return item;
}

const shareOf = (url: string) => `/shares/u!${Buffer.from(url).toString("base64url")}/driveItem`;

test("a shared file is described, and its content lies behind an address that takes no token", async () => {
  await using tenant = await contoso();
  const item = shared(tenant);
  const bob = { authorization: `Bearer ${await tokenOf(tenant, tenant.bob, ["Files.Read.All"])}` };
  const described = await tenant.call(
    "GET",
    `${shareOf(item.webUrl)}?$select=name,size,file`,
    undefined,
    bob,
  );
  expect(described.body).toEqual({
    id: item.id,
    name: "report.docx",
    size: bytes.length,
    file: { mimeType: "application/msword" },
  });
  const content = await fetch(`${tenant.graphUrl}/v1.0${shareOf(item.webUrl)}/content`, {
    headers: bob,
    redirect: "manual",
  });
  const address = content.headers.get("location") ?? "";
  expect([content.status, (await fetch(address, { headers: bob })).status]).toEqual([302, 401]);
  expect(await (await fetch(address)).text()).toBe("quarterly figures");
});

test("a file opens for those it was shared with, with Files.Read.All only", async () => {
  await using tenant = await contoso();
  const item = shared(tenant);
  const statusFor = async (token: string) =>
    (
      await tenant.call("GET", shareOf(item.webUrl), undefined, {
        authorization: `Bearer ${token}`,
      })
    ).status;
  expect(await statusFor(await tokenOf(tenant, tenant.bob, ["Files.Read.All"]))).toBe(200);
  expect(await statusFor(await tokenOf(tenant, tenant.carol, ["Files.Read.All"]))).toBe(403);
  expect(await statusFor(await tokenOf(tenant, tenant.bob, ["Files.Read"]))).toBe(403);
  expect(await statusFor(tenant.accessToken)).toBe(403);
});

test("a picture gets the address that Graph gives it, where the sender placed it or below", async () => {
  await using tenant = await contoso();
  const { conversations } = tenant.tenant;
  const chat = conversations.create({ chatType: "oneOnOne", memberIds: [tenant.alice.id, tenant.bob.id] });
  const picture = (id: string) => ({ id, contentType: "image/png", bytes });
  const sent = conversations.send(chat.id, {
    from: { userId: tenant.alice.id },
    html: '<p>look <img src="../hostedContents/one/$value"></p>',
    hostedContents: [picture("one"), picture("two")],
  });
  const folder = `https://graph.microsoft.com/v1.0/chats/${chat.id}/messages/${sent.id}/hostedContents`;
  expect(sent.body.content).toBe(
    `<p>look <img src="${folder}/one/$value"></p><p><img src="${folder}/two/$value" alt="image"></p>`,
  );
  const path = `/chats/${encodeURIComponent(chat.id)}/messages/${sent.id}/hostedContents/two/$value`;
  const answer = await fetch(`${tenant.graphUrl}/v1.0${path}`, {
    headers: { authorization: `Bearer ${tenant.accessToken}` },
  });
  expect(await answer.text()).toBe("quarterly figures");
});
