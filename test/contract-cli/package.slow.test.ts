import { execFile } from "node:child_process";
import { mkdir, readFile, symlink } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { type Consumer, installPackage, ROOT, removeConsumer } from "../package/consumer.ts";
import { PATIENCE, runCommand } from "./command.ts";

/** A PATH without the programs of this checkout. */
const ONLY_NODE = path.dirname(process.execPath);

const OPTIONS = () => ["--server", inject("prismOrigin"), "--workflow", "quick-start"];

const run = promisify(execFile);
let consumer: Consumer;
let command: string;

beforeAll(async () => {
  consumer = await installPackage();
  command = path.join(consumer.folder, "node_modules/angelcam-client/dist/package/src/contract-cli/command.js");
}, PATIENCE);

afterAll(() => removeConsumer(consumer));

test(
  "redocly is found on the PATH as well, where npx -p and a global installation put it",
  async () => {
    const bin = path.join(consumer.folder, "programs");
    await mkdir(bin);
    await symlink(path.join(ROOT, "node_modules/@redocly/cli/bin/cli.js"), path.join(bin, "redocly"));
    const environment = { PATH: `${bin}${path.delimiter}${ONLY_NODE}` };
    const { code, stdout, stderr } = await runCommand(OPTIONS(), { command, cwd: consumer.folder, environment });
    expect(code, stdout + stderr).toBe(0);
  },
  PATIENCE,
);

test(
  "without redocly the installed command prints what to run; that installs it, and then the command runs",
  async () => {
    const settings = { command, cwd: consumer.folder, environment: { PATH: ONLY_NODE } };
    const without = await runCommand(OPTIONS(), settings);
    expect([without.code, without.stdout]).toEqual([2, ""]);
    const remedy = without.stderr.trimEnd().split("\n").at(-1)?.trim() ?? "";
    expect(remedy).toBe("npm install --save-dev @redocly/cli");
    expect(without.report?.problem).toContain("@redocly/cli, which runs the workflows, is not installed");

    // Npm takes it from this checkout, so that no registry is needed.
    const [npm = "", ...words] = remedy.split(" ");
    const local = path.join(ROOT, "node_modules/@redocly/cli");
    const source = words.map((word) => (word === "@redocly/cli" ? `@redocly/cli@file:${local}` : word));
    const quiet = ["--install-links=false", "--offline", "--ignore-scripts", "--no-audit", "--no-fund"];
    await run(npm, [...source, ...quiet], { cwd: consumer.folder });
    const manifest = JSON.parse(await readFile(path.join(consumer.folder, "package.json"), "utf8"));
    expect(Object.keys(manifest.devDependencies)).toEqual(["@redocly/cli"]);

    const { code, stdout, report } = await runCommand(OPTIONS(), settings);
    expect(code, stdout).toBe(0);
    expect(report).toMatchObject({ passed: true, mock: true, requests: 3 });
  },
  PATIENCE,
);
