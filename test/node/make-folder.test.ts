import { mkdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { makeFolder } from "../../src/node/make-folder.ts";
import { startChild, temporaryFolder } from "./support.ts";

it("all folders that are missing are made, private, and those that are there are left as they are", async () => {
  const folder = temporaryFolder();
  mkdirSync(path.join(folder, "shared"), { mode: 0o755 });
  await Promise.all([makeFolder(path.join(folder, "shared/a/b")), makeFolder(path.join(folder, "shared/a/c"))]);
  await makeFolder(path.join(folder, "shared/a/b"));
  const modes = ["shared", "shared/a", "shared/a/b", "shared/a/c"].map(
    (name) => statSync(path.join(folder, name)).mode,
  );
  expect(modes.map((mode) => mode & 0o777)).toEqual([0o755, 0o700, 0o700, 0o700]);
});

it("a file or a link to nothing where a folder should be is an error of the token store", async () => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, "file"), "");
  symlinkSync(path.join(folder, "none"), path.join(folder, "link"));
  for (const [name, code] of [
    ["file", "ENOTDIR"],
    ["file/below", "ENOTDIR"],
    ["link", "ENOENT"],
  ] as const) {
    const child = startChild("take", path.join(folder, name, "tokens.json"), 1_000);
    expect(await child.next()).toBe("waiting");
    expect(await child.next()).toMatch(new RegExp(`^Cannot (reach|lock) the token file .*${code}`));
  }
});

// In a process of its own: Node's own function would keep this one busy for ever.
it.runIf(process.platform === "linux")("a folder that the system refuses to make fails at once", async () => {
  const child = startChild("take", "/proc/angelcam/deep/tokens.json", 1_000);
  expect(await child.next()).toBe("waiting");
  expect(await child.next()).toContain("Cannot reach the token file /proc/angelcam/deep/tokens.json: ENOENT");
});
