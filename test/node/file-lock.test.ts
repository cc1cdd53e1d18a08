import { getEventListeners, once } from "node:events";
import { existsSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { describe, expect, it, onTestFinished } from "vitest";
import { fileTokenStore, TokenStoreError } from "../../src/node/index.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { gate, temporaryFolder, tokensOf } from "./support.ts";

const newFile = () => path.join(temporaryFolder(), "tokens.json");
const lockFiles = (file: string) => readdirSync(path.dirname(file)).filter((name) => name.endsWith(".lock"));

/** A thread of this process that runs one of the fixtures. It ends with the test at the latest. */
function startThread(fixture: string, workerData: unknown): Worker {
  const thread = new Worker(new URL(`fixtures/${fixture}.ts`, import.meta.url), { workerData, execArgv: [] });
  onTestFinished(async () => void (await thread.terminate()));
  return thread;
}

/** Work that goes on until it is released. */
function openWork() {
  const begun = gate();
  const end = gate();
  const work = async () => {
    begun.open();
    await end.opened;
  };
  return { work, begun: begun.opened, end: end.open };
}

describe("the lock of a token file", () => {
  it("returns the result of the work, and leaves nothing behind", async () => {
    const file = newFile();
    expect(await fileTokenStore(file).lock(async () => 7)).toBe(7);
    expect(lockFiles(file)).toEqual([]);
  });

  it("passes on the failure of the work, and is free again", async () => {
    const store = fileTokenStore(newFile());
    const failure = new Error("no");
    await expect(store.lock(() => Promise.reject(failure))).rejects.toBe(failure);
    await expect(
      store.lock(() => {
        throw failure;
      }),
    ).rejects.toBe(failure);
    expect(await store.lock(async () => "free")).toBe("free");
  });

  it("lets one at a time work, in one store and in several of one process", async () => {
    const file = newFile();
    const stores = [fileTokenStore(file), fileTokenStore(file), fileTokenStore(file)];
    let working = 0;
    let most = 0;
    const count = async () => {
      working++;
      most = Math.max(most, working);
      await new Promise((resolve) => setImmediate(resolve));
      working--;
    };
    await Promise.all([...stores, ...stores].map((store) => store.lock(count)));
    expect(most).toBe(1);
  });

  it("is one lock for all paths of the file", async () => {
    const file = newFile();
    await fileTokenStore(file).write(tokensOf(1));
    const folder = `${temporaryFolder()}/link`;
    symlinkSync(path.dirname(file), folder);
    const { work, begun, end } = openWork();
    const first = fileTokenStore(file).lock(work);
    await begun;
    const other = fileTokenStore(path.join(folder, path.basename(file)), { lockTimeout: 30 });
    await expect(other.lock(work)).rejects.toThrow("Waited 30 ms");
    expect(await other.read()).toEqual(tokensOf(1));
    end();
    await first;
  });

  it("is taken by a write outside of it, and not again by a write or a lock within it", async () => {
    const file = newFile();
    const store = fileTokenStore(file);
    await store.lock(async () => {
      await store.lock(() => store.write(tokensOf(1)));
      await expect(fileTokenStore(file, { lockTimeout: 30 }).write(tokensOf(2))).rejects.toThrow(TokenStoreError);
    });
    expect(await store.read()).toEqual(tokensOf(1));
  });

  it("does not cover what goes on after the work", async () => {
    const clock = new ManualClock();
    const store = fileTokenStore(newFile(), { clock });
    const other = gate();
    let late: Promise<unknown> = Promise.resolve();
    await store.lock(async () => {
      late = other.opened.then(() => store.write(tokensOf(1)));
    });
    const { work, begun, end } = openWork();
    const first = store.lock(work);
    await begun;
    other.open();
    await expect(clock.drive(late)).rejects.toThrow(TokenStoreError);
    end();
    await first;
  });

  it("does not stop readers", async () => {
    const file = newFile();
    await fileTokenStore(file).write(tokensOf(1));
    const { work, begun, end } = openWork();
    const first = fileTokenStore(file).lock(work);
    await begun;
    expect(await fileTokenStore(file).read()).toEqual(tokensOf(1));
    end();
    await first;
  });
});

describe("a wait for the lock", () => {
  it("ends after lockTimeout, with an error that names the file and who has it", async () => {
    const file = newFile();
    const clock = new ManualClock();
    const start = clock.now();
    const { work, begun, end } = openWork();
    const first = fileTokenStore(file).lock(work);
    await begun;
    const error = await clock
      .drive(fileTokenStore(file, { lockTimeout: 5000, clock }).lock(work))
      .then(undefined, (reason) => reason);
    expect(error).toBeInstanceOf(TokenStoreError);
    expect(error).toMatchObject({ code: "token_store_failed", retryable: true });
    expect(error.message).toContain(`Waited 5000 ms for the lock of ${file}`);
    expect(error.message).toContain(`process ${process.pid}`);
    expect(clock.now() - start).toBe(5000);
    expect(clock.pending).toBe(0);
    end();
    await first;
  });

  it("takes a minute by default", async () => {
    const file = newFile();
    const clock = new ManualClock();
    const { work, begun, end } = openWork();
    const first = fileTokenStore(file).lock(work);
    await begun;
    await expect(clock.drive(fileTokenStore(file, { clock }).lock(work))).rejects.toThrow("Waited 60000 ms");
    end();
    await first;
  });

  it("leaves no timer when the lock was free", async () => {
    const clock = new ManualClock();
    await fileTokenStore(newFile(), { clock }).lock(async () => expect(clock.pending).toBe(0));
    expect(clock.pending).toBe(0);
  });

  it("does not make the next one longer when it ended in vain", async () => {
    const file = newFile();
    const clock = new ManualClock();
    const store = fileTokenStore(file, { clock });
    const { work, begun, end } = openWork();
    const first = fileTokenStore(file).lock(work);
    await begun;
    await expect(clock.drive(store.lock(work))).rejects.toThrow(TokenStoreError);
    end();
    await first;
    expect(await store.lock(async () => "free")).toBe("free");
  });

  it("goes on while another thread of the process has the lock, and ends with that thread", async () => {
    const file = newFile();
    const thread = startThread("thread", file);
    await once(thread, "message");
    const store = fileTokenStore(file, { lockTimeout: 30 });
    await expect(store.lock(async () => "taken")).rejects.toThrow(TokenStoreError);
    const waiting = fileTokenStore(file).lock(async () => "taken");
    await thread.terminate();
    expect(await waiting).toBe("taken");
  });

  it("ends when its caller gives up, and leaves no timer", async () => {
    const file = newFile();
    const clock = new ManualClock();
    const { work, begun, end } = openWork();
    const first = fileTokenStore(file).lock(work);
    await begun;
    const controller = new AbortController();
    const waiting = fileTokenStore(file, { clock }).lock(work, { signal: controller.signal });
    controller.abort(new Error("enough"));
    await expect(waiting).rejects.toThrow("enough");
    expect(clock.pending).toBe(0);
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
    end();
    await first;
  });
});

describe("four worker threads on one token file", () => {
  it("lose none of 4 x 50 changes", async () => {
    const file = newFile();
    const threads = [1, 2, 3, 4].map(() => startThread("thread-increment", { file, times: 50 }));
    expect((await Promise.all(threads.map((thread) => once(thread, "message")))).flat()).toEqual(Array(4).fill("done"));
    expect(await fileTokenStore(file).read()).toEqual(tokensOf(200));
  });
});

describe("the store under its lock", () => {
  it("reads and writes without waiting for the lock again, and verifies it", async () => {
    const file = newFile();
    const store = fileTokenStore(file);
    await store.lock(async ({ read, write, verify }) => {
      await write(tokensOf(1));
      expect(await read()).toEqual(tokensOf(1));
      await verify?.();
      expect(readdirSync(path.dirname(file)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    });
  });

  it("no longer writes or verifies when the work has ended", async () => {
    const store = fileTokenStore(newFile());
    const locked = await store.lock(async (given) => given);
    await expect(locked.write(tokensOf(1))).rejects.toThrow("was lost");
    await expect(locked.verify?.()).rejects.toThrow("was lost");
    expect(await store.read()).toBeUndefined();
  });
});

describe("a lock that was lost", () => {
  it("still ends the wait of others, whose error names no process where none has a lock file", async () => {
    const file = newFile();
    const clock = new ManualClock();
    await fileTokenStore(file).lock(async () => {
      for (const name of lockFiles(file)) rmSync(path.join(path.dirname(file), name));
      await expect(clock.drive(fileTokenStore(file, { clock }).write(tokensOf(1)))).rejects.toThrow(
        `Waited 60000 ms for the lock of ${file}, which another process or thread still holds. Try again`,
      );
    });
  });

  it("lets no token be written any more, and says so", async () => {
    const file = newFile();
    const store = fileTokenStore(file);
    await store.write(tokensOf(1));
    const error = await store
      .lock(async () => {
        for (const name of lockFiles(file)) rmSync(path.join(path.dirname(file), name));
        await store.write(tokensOf(2));
      })
      .then(undefined, (reason) => reason);
    expect(error).toBeInstanceOf(TokenStoreError);
    expect(error).toMatchObject({ retryable: true });
    expect(error.message).toContain(`The lock of ${file} was lost`);
    expect(await store.read()).toEqual(tokensOf(1));
    expect(readdirSync(path.dirname(file))).toEqual(["tokens.json"]);
  });

  it("is noticed also when another user has made a new lock file", async () => {
    const file = newFile();
    const store = fileTokenStore(file);
    const writing = store.lock(async () => {
      for (const name of lockFiles(file)) {
        const lock = path.join(path.dirname(file), name);
        writeFileSync(`${lock}.new`, "");
        renameSync(`${lock}.new`, lock);
      }
      await store.write(tokensOf(1));
    });
    await expect(writing).rejects.toThrow("was lost");
    expect(existsSync(file)).toBe(false);
  });
});
