import { expect, test } from "bun:test";
import { PostgresCopiedFiles } from "./copied-files.ts";
import { schema } from "./database.ts";
import { removeOld } from "./retention.ts";
import { ManualTime, migratedDatabase } from "./testing/database.ts";

const delivery = { chatId: "19:a", messageId: "1", userId: "ann" };
const url = "file:https://contoso.sharepoint.com/secret-plan.docx";

test("what became of each is found by its key, of the same delivery only", async () => {
  await using fresh = await migratedDatabase();
  const copied = new PostgresCopiedFiles(fresh.database, new ManualTime());
  await copied.record(delivery, url, { kind: "copied", fileId: "f1" });
  await copied.record(delivery, "picture:a", { kind: "failed", failure: "too-large" });
  expect(await copied.of(delivery, ["picture:b", "picture:a", url])).toEqual(
    new Map([
      ["picture:a", { kind: "failed", failure: "too-large" }],
      [url, { kind: "copied", fileId: "f1" }],
    ]),
  );
  expect(await copied.of({ ...delivery, userId: "ben" }, [url])).toEqual(new Map());
});

test("of two files for the same the first stays, until a post did not take it", async () => {
  await using fresh = await migratedDatabase();
  const copied = new PostgresCopiedFiles(fresh.database, new ManualTime());
  await copied.record(delivery, url, { kind: "copied", fileId: "f1" });
  await copied.record(delivery, url, { kind: "copied", fileId: "f2" });
  expect(await copied.of(delivery, [url])).toEqual(new Map([[url, { kind: "copied", fileId: "f1" }]]));
  await copied.withdraw(delivery, url, "refused");
  expect(await copied.of(delivery, [url])).toEqual(new Map([[url, { kind: "failed", failure: "refused" }]]));
});

test("the files of a delivery are found and forgotten, and no other's", async () => {
  await using fresh = await migratedDatabase();
  const copied = new PostgresCopiedFiles(fresh.database, new ManualTime());
  const other = { ...delivery, messageId: "2" };
  await copied.record(delivery, url, { kind: "copied", fileId: "f1" });
  await copied.record(delivery, "picture:a", { kind: "failed", failure: "too-large" });
  await copied.record(other, url, { kind: "copied", fileId: "f2" });
  expect(await copied.filesOf(delivery)).toEqual(["f1"]);
  await copied.forget(delivery);
  expect([await copied.filesOf(delivery), await copied.filesOf(other)]).toEqual([[], ["f2"]]);
  expect(await copied.of(delivery, ["picture:a"])).toEqual(new Map());
});

test("addresses and names of files are not kept, and nothing for longer than two weeks", async () => {
  await using fresh = await migratedDatabase();
  const time = new ManualTime();
  const copied = new PostgresCopiedFiles(fresh.database, time);
  await copied.record(delivery, url, { kind: "copied", fileId: "f1" });
  const rows = await fresh.database.query(`SELECT * FROM ${schema}.copied_files`);
  expect(JSON.stringify(rows)).not.toContain("secret-plan");
  time.nowMs += 15 * 24 * 60 * 60 * 1000;
  expect(await removeOld(fresh.database, time)).toBe(1);
});
