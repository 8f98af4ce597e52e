import { expect, test } from "bun:test";
import { Errands } from "./errands.ts";

test("the end waits for what is under way, and for what that leads to", async () => {
  const errands = new Errands();
  const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const done: string[] = [];
  const lead = async () => {
    await first.promise;
    void errands.track(second.promise.then(() => void done.push("second")));
    done.push("first");
  };
  void errands.track(lead());
  const end = errands.finished().then(() => done.push("end"));
  first.resolve();
  second.resolve();
  await end;
  expect(done).toEqual(["first", "second", "end"]);
});

test("a failure is heard by whoever awaits the errand, and the end does not mind", async () => {
  const errands = new Errands();
  const errand = errands.track(Promise.reject(new Error("away")));
  await expect(errand).rejects.toThrow("away");
  await errands.finished();
});
