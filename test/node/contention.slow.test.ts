import { readdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { fileTokenStore } from "../../src/node/index.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { startChild, temporaryFolder, tokensOf } from "./support.ts";

const newFile = () => path.join(temporaryFolder(), "tokens.json");
const namesBeside = (file: string) => readdirSync(path.dirname(file));

describe("several processes on one token file", () => {
  it("lose none of 4 x 200 changes", async () => {
    const file = newFile();
    const children = [1, 2, 3, 4].map(() => startChild("increment", file, 200));
    expect(await Promise.all(children.map(({ ended }) => ended))).toEqual([0, 0, 0, 0]);
    expect(await fileTokenStore(file).read()).toEqual(tokensOf(800));
    expect(namesBeside(file)).toEqual(["tokens.json"]);
  });

  it("go on when the one that has the lock is killed, also those that waited already", async () => {
    const file = newFile();
    const holder = startChild("hold", file);
    expect(await holder.next()).toBe("holding");
    const waiting = [startChild("take", file, 20_000), startChild("take", file, 20_000)];
    for (const child of waiting) expect(await child.next()).toBe("waiting");
    await holder.kill();
    for (const child of waiting) expect(await child.next()).toBe("taken");
    expect(await fileTokenStore(file).lock(async () => "taken")).toBe("taken");
    expect(namesBeside(file)).toEqual([]);
  });

  it("get the holder of the lock in the error when they have waited for it in vain", async () => {
    const file = newFile();
    const holder = startChild("hold", file);
    await holder.next();
    const waiting = startChild("take", file, 50);
    expect(await waiting.next()).toBe("waiting");
    expect(await waiting.next()).toContain(`Waited 50 ms for the lock of ${file}`);
    await expect(fileTokenStore(file, { lockTimeout: 50 }).write(tokensOf(1))).rejects.toThrow(`process ${holder.id}`);
    expect(await waiting.ended).toBe(0);
  });

  it.skipIf(process.platform === "win32")("never take the lock from one that lives, be it ever so slow", async () => {
    const file = newFile();
    const holder = startChild("hold", file);
    await holder.next();
    process.kill(holder.id, "SIGSTOP");
    const clock = new ManualClock();
    await expect(clock.drive(fileTokenStore(file, { clock, lockTimeout: 5000 }).write(tokensOf(1)))).rejects.toThrow(
      "Waited 5000 ms",
    );
  });

  it("are not kept out by the lock file of a process that is long gone, nor by one that was cut off", async () => {
    const file = newFile();
    const gone = startChild("take", file, 1000);
    await gone.ended;
    writeFileSync(`${file}#${gone.id}.lock`, "Thu Sep 24 18:01:58 2026");
    expect(await fileTokenStore(file).lock(async () => "taken")).toBe("taken");
    writeFileSync(`${file}#${gone.id}.lock`, "");
    expect(await fileTokenStore(file).lock(async () => "taken")).toBe("taken");
    expect(namesBeside(file)).toEqual([]);
  });

  it("are not kept out by a stranger that was given the process id of one that crashed", async () => {
    const file = newFile();
    const stranger = startChild("hold", newFile());
    await stranger.next();
    writeFileSync(`${file}#${stranger.id}.lock`, "Thu Sep 24 18:01:58 2015");
    expect(await fileTokenStore(file).lock(async () => "taken")).toBe("taken");
  });

  it("read whole tokens at any moment while others write", async () => {
    const file = newFile();
    await fileTokenStore(file).write(tokensOf(0));
    const writers = [startChild("churn", file, 1, 60), startChild("churn", file, 1001, 1060)];
    let writing = true;
    const ended = Promise.all(writers.map((writer) => writer.ended)).then((codes) => {
      writing = false;
      return codes;
    });
    const seen = new Set<number>();
    while (writing) {
      const tokens = await fileTokenStore(file).read();
      const number = tokens?.issuedAt ?? Number.NaN;
      expect(tokens).toEqual(tokensOf(number, number === 0 ? undefined : String(number % 10).repeat(60_000)));
      seen.add(number);
    }
    expect(await ended).toEqual([0, 0]);
    expect(seen.size).toBeGreaterThan(1);
  });
});

describe("a process that is killed while it writes", () => {
  it.each([
    ["half-way through the text", 1],
    ["before the rename", 1],
    ["after the rename", 2],
  ])("leaves the old tokens or the new ones: %s", async (moment, number) => {
    const file = newFile();
    await fileTokenStore(file).write(tokensOf(1));
    const child = startChild("crash", file, moment, "x".repeat(60_000));
    expect(await child.ended).toBe("SIGKILL");
    expect(await fileTokenStore(file).read()).toMatchObject({ issuedAt: number });
  });

  it("leaves a private file, which is gone with the next use of the lock", async () => {
    const file = newFile();
    await startChild("crash", file, "before the rename").ended;
    const leftovers = namesBeside(file).filter((name) => name.endsWith(".tmp"));
    expect(leftovers).toHaveLength(1);
    for (const name of leftovers) {
      expect((statSync(path.join(path.dirname(file), name)).mode & 0o777).toString(8)).toBe("600");
    }
    writeFileSync(path.join(path.dirname(file), "other.json.0123456789ab.tmp"), "not ours");
    await fileTokenStore(file).lock(async () => {});
    expect(namesBeside(file)).toEqual(["other.json.0123456789ab.tmp"]);
  });

  it("spoils nothing, whenever it comes: 10 rounds", async () => {
    const file = newFile();
    let last = 0;
    for (let round = 1; round <= 10; round++) {
      const writer = startChild("churn", file, last + 1, last + 1000);
      const kills = 1 + ((round * 7) % 5);
      for (let write = 0; write < kills; write++) last = Number(await writer.next());
      await writer.kill();
      const tokens = await fileTokenStore(file).read();
      const number = tokens?.issuedAt ?? Number.NaN;
      expect(number).toBeGreaterThanOrEqual(last);
      expect(tokens).toEqual(tokensOf(number, String(number % 10).repeat(60_000)));
      last = number;
    }
    await fileTokenStore(file).lock(async () => {});
    expect(namesBeside(file)).toEqual(["tokens.json"]);
  });
});
