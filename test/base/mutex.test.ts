import { expect, it } from "vitest";
import { Mutex } from "../../src/base/mutex.ts";
import { deferred } from "../auth/token-cache-fixture.ts";

it("three pieces of work, of which the first fails, run one after the other in their order", async () => {
  const mutex = new Mutex();
  const log: string[] = [];
  const work = (name: string) => async () => {
    log.push(`${name} begins`);
    await undefined;
    log.push(`${name} ends`);
    if (name === "first") throw new Error(name);
    return name;
  };
  const results = await Promise.allSettled(
    ["first", "second", "third"].map((name) => mutex.run(work(name), undefined)),
  );
  expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled"]);
  expect(log).toEqual(["first begins", "first ends", "second begins", "second ends", "third begins", "third ends"]);
});

it("work that gives up its wait never begins, and the work behind it still waits for the one before it", async () => {
  const mutex = new Mutex();
  const { promise, resolve } = deferred();
  const log: string[] = [];
  const first = mutex.run(() => promise, undefined);
  const impatient = new AbortController();
  const second = mutex.run(async () => log.push("second"), impatient.signal);
  const third = mutex.run(async () => log.push("third"), undefined);
  impatient.abort(new Error("enough"));
  await expect(second).rejects.toThrow("enough");
  await new Promise((next) => setImmediate(next));
  expect(log).toEqual([]);
  resolve();
  await Promise.all([first, third]);
  expect(log).toEqual(["third"]);
});
