import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { fileTokenStore, TokenStoreError } from "../../src/node/index.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { processorTime } from "../support/processor-time.ts";
import { temporaryFolder, tokensOf } from "./support.ts";

const isRoot = process.getuid?.() === 0;
const SECRET = "content of another program";

/** Puts something at the path of the token file. `victim` is a file that must stay as it is. */
type Trap = (file: string, victim: string) => void;

const traps: readonly [name: string, says: string, trap: Trap, onlyRoot?: boolean][] = [
  ["a symbolic link to another file", "a symbolic link", (file, victim) => symlinkSync(victim, file)],
  ["a symbolic link to nothing", "a symbolic link", (file) => symlinkSync(`${file}.none`, file)],
  ["a symbolic link to itself", "a symbolic link", (file) => symlinkSync(file, file)],
  ["a symbolic link to a device", "a symbolic link", (file) => symlinkSync("/dev/zero", file)],
  ["a symbolic link to a folder", "a symbolic link", (file, victim) => symlinkSync(path.dirname(victim), file)],
  ["a hard link to another file", "a hard link", (file, victim) => linkSync(victim, file)],
  ["a directory", "a directory", (file) => mkdirSync(file)],
  ["a named pipe without a writer", "a pipe", (file) => void spawnSync("mkfifo", [file])],
  ["a device", "a device", (file) => void spawnSync("mknod", [file, "c", "1", "5"]), true],
  [
    "a file of another user",
    "belongs to user 12345",
    (file) => {
      writeFileSync(file, SECRET);
      chownSync(file, 12_345, 12_345);
    },
    true,
  ],
  [
    "a file of one gigabyte",
    "1073741824 bytes",
    (file) => {
      writeFileSync(file, SECRET);
      truncateSync(file, 2 ** 30);
    },
  ],
];

/** The state that may not change: kinds, rights, sizes and contents of all files. */
function stateOf(folder: string): unknown {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .sort()
    .map((name) => {
      const file = path.join(folder, name);
      const { mode, uid, size, nlink, ino } = lstatSync(file);
      const content = lstatSync(file).isFile() && size < 1_000 ? readFileSync(file, "utf8") : undefined;
      return { name, mode, uid, size, nlink, ino, content };
    });
}

describe.skipIf(process.platform === "win32")("in the place of the token file", () => {
  for (const [name, says, trap, onlyRoot] of traps) {
    it.skipIf(onlyRoot && !isRoot).each(["read", "write", "lock"] as const)(
      `${name} is an error of %s without a wait, and is left as it is`,
      async (method) => {
        const folder = temporaryFolder();
        const file = path.join(folder, "tokens.json");
        const victim = path.join(folder, "other", "victim");
        mkdirSync(path.dirname(victim));
        writeFileSync(victim, SECRET);
        chmodSync(victim, 0o644);
        trap(file, victim);
        const before = stateOf(folder);
        const [clock, used] = [new ManualClock(), processorTime()];
        const store = fileTokenStore(file, { clock });
        const attempts = {
          read: () => store.read(),
          write: () => store.write(tokensOf(1)),
          lock: () => store.lock(async () => {}),
        };
        const error = await attempts[method]().then(undefined, (reason) => reason);
        expect([clock.pending, used() < 1_000]).toEqual([0, true]);
        expect(error).toBeInstanceOf(TokenStoreError);
        expect(error).toMatchObject({ code: "token_store_failed", retryable: false });
        expect(error.message).toContain(`the token file ${file}`);
        expect(error.message).toContain(says);
        expect(error.message).not.toContain(SECRET);
        expect(stateOf(folder)).toEqual(before);
      },
    );
  }

  it("a foreign file that others may read keeps its rights: it is not made private before it is recognised", async () => {
    const file = path.join(temporaryFolder(), "tokens.json");
    writeFileSync(file, SECRET);
    chmodSync(file, 0o644);
    await expect(fileTokenStore(file).read()).rejects.toThrow("is not a token file of angelcam-client");
    expect((statSync(file).mode & 0o777).toString(8)).toBe("644");
  });
});

describe.skipIf(process.platform === "win32")("beside the token file", () => {
  const plant: readonly [string, (lock: string, victim: string) => void, boolean?][] = [
    ["a symbolic link", (lock, victim) => symlinkSync(victim, lock)],
    ["a symbolic link to nothing", (lock) => symlinkSync(`${lock}.none`, lock)],
    ["a hard link", (lock, victim) => linkSync(victim, lock)],
    ["a directory", (lock) => mkdirSync(lock)],
    ["a named pipe", (lock) => void spawnSync("mkfifo", [lock])],
    [
      "a file of another user",
      (lock) => {
        writeFileSync(lock, "");
        chownSync(lock, 12_345, 12_345);
      },
      true,
    ],
    ["a large file", (lock) => writeFileSync(lock, "x".repeat(10_000))],
  ];
  for (const [name, make, onlyRoot] of plant) {
    it.skipIf(onlyRoot && !isRoot).each([
      ["this process", process.pid],
      ["another process", 1],
    ])(`${name} in the place of the lock file of %s is an error that names it, and is left as it is`, async (_, id) => {
      const folder = temporaryFolder();
      const file = path.join(folder, "tokens.json");
      await fileTokenStore(file).write(tokensOf(1));
      const victim = path.join(folder, "victim");
      writeFileSync(victim, SECRET);
      const lock = `${file}#${id}.lock`;
      make(lock, victim);
      const before = stateOf(folder);
      const [clock, used] = [new ManualClock(), processorTime()];
      const error = await fileTokenStore(file, { clock })
        .write(tokensOf(2))
        .then(undefined, (reason) => reason);
      expect([clock.pending, used() < 1_000]).toEqual([0, true]);
      expect(error).toBeInstanceOf(TokenStoreError);
      expect(error.message).toContain(`${lock} is not a lock file of this user, and was left as it is. Remove it`);
      expect(stateOf(folder)).toEqual(before);
    });
  }

  it("links and folders with the name of a leftover harm nothing, and stay", async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, "tokens.json");
    const victim = path.join(folder, "victim");
    writeFileSync(victim, SECRET);
    symlinkSync(victim, `${file}.0123456789ab.tmp`);
    mkdirSync(`${file}.0123456789ac.tmp`);
    writeFileSync(`${file}.0123456789ad.tmp`, "a real leftover");
    await fileTokenStore(file).write(tokensOf(1));
    expect(readFileSync(victim, "utf8")).toBe(SECRET);
    expect(readdirSync(folder).sort()).toEqual(
      ["tokens.json", "tokens.json.0123456789ab.tmp", "tokens.json.0123456789ac.tmp", "victim"].sort(),
    );
  });
});

/** True where this process may mount: as root, outside of a container that forbids it. */
const mayMount = (() => {
  if (process.platform !== "linux" || !isRoot) return false;
  return spawnSync("unshare", ["--mount", "true"]).status === 0;
})();

/** Runs one of the fixtures with mounts of its own, which end with it. */
function runWithMounts(mounts: string, fixture: string, ...args: string[]): { status: number | null; output: string } {
  const script = new URL(`fixtures/${fixture}.ts`, import.meta.url).pathname;
  const command = `${mounts} && exec "$@"`;
  const run = spawnSync("unshare", ["--mount", "sh", "-ec", command, "sh", process.execPath, script, ...args], {
    encoding: "utf8",
  });
  return { status: run.status, output: run.stdout + run.stderr };
}

describe.skipIf(!mayMount)("a token file in a container", () => {
  it("that is a mount of its own is written in place, and verified before", () => {
    const folder = temporaryFolder();
    const [file, host] = [path.join(folder, "tokens.json"), path.join(folder, "host.json")];
    writeFileSync(file, "");
    writeFileSync(host, "");
    chmodSync(host, 0o600);
    const { inode } = { inode: statSync(host).ino };
    const { status, output } = runWithMounts(`mount --bind ${host} ${file}`, "save", file, "1", "2");
    expect([status, output]).toEqual([0, "saved 1\nsaved 2\n"]);
    expect(JSON.parse(readFileSync(host, "utf8"))).toMatchObject({ tokens: { accessToken: "access-2" } });
    expect(statSync(host).ino).toBe(inode);
    expect(readdirSync(folder).sort()).toEqual(["host.json", "tokens.json"]);
  });

  it("is written in place too where its folder is read-only, without a lock file", () => {
    const folder = temporaryFolder();
    const [inner, host] = [path.join(folder, "etc"), path.join(folder, "host.json")];
    const file = path.join(inner, "tokens.json");
    mkdirSync(inner);
    writeFileSync(file, "");
    writeFileSync(host, "");
    const mounts = `mount --bind ${inner} ${inner} && mount --bind ${host} ${file} && mount -o remount,bind,ro ${inner}`;
    const { status, output } = runWithMounts(mounts, "save", file, "1");
    expect([status, output]).toEqual([0, "saved 1\n"]);
    expect(JSON.parse(readFileSync(host, "utf8"))).toMatchObject({ tokens: { accessToken: "access-1" } });
  });

  it.each([
    [
      "is read-only",
      (folder: string) => `mount --bind ${folder} ${folder} && mount -o remount,bind,ro ${folder}`,
      "EROFS",
    ],
    [
      "is full",
      (folder: string) =>
        `mount -t tmpfs -o size=4k tmpfs ${folder} && (head -c 99999 /dev/zero > ${folder}/x || true)`,
      "ENOSPC",
    ],
  ])("whose disk %s does not end the session: it goes on in memory, and reports it", (_, mounts, code) => {
    const folder = temporaryFolder();
    const file = path.join(folder, "tokens.json");
    const { status, output } = runWithMounts(mounts(folder), "call-without-room", file);
    expect(status).toBe(0);
    expect(output).toContain("calls: ok ok ok");
    expect(output).toContain(`reported: ${code}`);
    expect(output).toContain("second uses: 0");
  });
});
