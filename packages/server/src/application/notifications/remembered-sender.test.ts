import { expect, test } from "bun:test";
import type { Sender } from "../../domain/sender.ts";
import { rememberedSender, rememberSender } from "./remembered-sender.ts";

const ann: Sender = {
  kind: "user",
  id: "ann-id",
  displayName: "Ann",
  tenantId: "tenant",
  standing: "federated",
};
const bot: Sender = {
  kind: "application",
  id: "bot-id",
  displayName: undefined,
  application: "tenantBot" as "bot",
};

test("of a sender the name and standing are remembered", () => {
  expect(rememberedSender(rememberSender(ann))).toEqual({ ...ann, tenantId: undefined });
  const connector: Sender = {
    kind: "application",
    id: "id",
    displayName: undefined,
    application: "connector",
  };
  expect(rememberedSender(rememberSender(connector))).toEqual({ ...connector, id: undefined });
});

test("nobody, and what was never written, is nobody", () => {
  expect(rememberSender({ kind: "none" })).toBeNull();
  expect(rememberSender(bot)).toBeNull();
  for (const json of [null, "x", { kind: "user" }, []]) expect(rememberedSender(json)).toBeUndefined();
});
