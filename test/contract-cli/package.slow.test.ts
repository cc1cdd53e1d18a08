import { symlink } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { type Consumer, installPackage, ROOT, removeConsumer } from "../package/consumer.ts";
import { PATIENCE, runCommand } from "./command.ts";

let consumer: Consumer;
let command: string;

beforeAll(async () => {
  consumer = await installPackage();
  command = path.join(consumer.folder, "node_modules/angelcam-client/dist/package/src/contract-run/command.js");
}, PATIENCE);

afterAll(() => removeConsumer(consumer));

test(
  "the installed command says which line brings redocly along, and runs once it is there",
  async () => {
    const options = ["--server", inject("prismOrigin"), "--workflow", "quick-start"];
    const without = await runCommand(options, { command, cwd: consumer.folder });
    expect([without.code, without.stdout]).toEqual([2, ""]);
    expect(without.stderr).toContain("  npx -p angelcam-client -p @redocly/cli angelcam-contract\n");

    await symlink(path.join(ROOT, "node_modules/@redocly"), path.join(consumer.folder, "node_modules/@redocly"));
    const { code, stdout, report } = await runCommand(options, { command, cwd: consumer.folder });
    expect(code, stdout).toBe(0);
    expect(report).toMatchObject({ passed: true, mock: true, requests: 3 });
  },
  PATIENCE,
);
