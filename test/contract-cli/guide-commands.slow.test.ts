import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import document from "../../generated/openapi.json" with { type: "json" };
import { type CodeBlock, proseBlocks } from "../prose/code-blocks.ts";
import { startScript } from "../support/script.ts";
import { COMMAND, PATIENCE, runCommand } from "./command.ts";
import { type FaultyServer, startFaultyServer } from "./faulty-server.ts";

// Runs every command of the testing guide that checks something, as the guide has it but for the port, and with the files
// that the guide shows.

const ROOT = path.resolve(import.meta.dirname, "../..");
const blocks = proseBlocks(ROOT).filter(({ file }) => file === "spec/guides/testing.md");
const hasPython = spawnSync("python3", ["--version"]).status === 0;

/** The commands of the guide, in their order, without the line of a workflow that they come from. */
const commands = blocks.flatMap(({ code }) =>
  [...code.matchAll(/npx (angelcam-contract .*)$/gm)].map(([, text = ""]) => text),
);

/** The files that a command leaves in its folder. */
const WRITTEN: Readonly<Record<string, readonly string[]>> = {
  "--junit": ["contract.har", "contract.html", "contract.xml"],
  "--record": ["traffic.har"],
  "--known": ["drift.json"],
};

let server: FaultyServer;
let folder: string;

beforeAll(async () => {
  server = await startFaultyServer(undefined, { quota: false });
  folder = await mkdtemp(path.join(tmpdir(), "angelcam-guide-"));
  await writeFile(path.join(folder, "cameras.py"), blockWith("python", "ANGELCAM_BASE_URL"));
  await writeFile(path.join(folder, "known-differences.yaml"), blockWith("yaml", "location: "));
  await writeFile(path.join(folder, "known-violations.yaml"), blockWith("yaml", "pointer: "));
  // A value more, which the list of known differences has.
  const theirs = structuredClone(document) as unknown as Theirs;
  theirs.components.schemas.CameraBase.properties.status.enum.push("asleep");
  await writeFile(path.join(folder, "theirs.yaml"), JSON.stringify(theirs));
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

test("the guide has a command for each way to check", () => {
  const ways = ["--server", "--explore", "proxy", "diff"];
  expect(ways.filter((way) => !commands.some((text) => text.split(" ")[1] === way))).toEqual([]);
});

describe("exit code 0, and the files that the guide promises:", () => {
  test.each(commands)(
    "npx %s",
    async (text) => {
      if (text.includes("python3") && !hasPython) return expect(process.env.CI).toBeUndefined();
      const words = text.replaceAll("http://127.0.0.1:4020", server.origin).split(" ").slice(1);
      const environment = { ANGELCAM_TOKEN: server.sandbox.tokens.personalAccessToken({}) };
      const before = await readdir(folder);
      const run = { command: COMMAND, cwd: folder, reports: false, environment };
      const { code, stdout, stderr } = await runCommand(words, run);
      expect(code, stdout + stderr).toBe(0);
      const wanted = words.flatMap((word) => WRITTEN[word] ?? []);
      const after = await readdir(folder);
      expect(wanted.filter((file) => !after.includes(file))).toEqual([]);
      expect(after.filter((file) => !before.includes(file) && !wanted.includes(file))).toEqual([]);
    },
    PATIENCE,
  );

  test.runIf(hasPython)(
    "the recording is played back by the sandbox's command of the guide",
    async () => {
      const [, text = ""] = blockWith("sh", "--replay").match(/npx angelcam-sandbox (.*)/) ?? [];
      const words = text.replace("4020", "0").replace("traffic.har", path.join(folder, "traffic.har")).split(" ");
      await using replay = startScript(["src/sandbox/command.ts", ...words]);
      const [, origin = ""] = await replay.printed(/(http:\/\/127\.0\.0\.1:\d+)/);
      const response = await fetch(`${origin}/v1/cameras/?limit=5`, { headers: { Authorization: "Bearer any" } });
      expect(response.status).toBe(200);
    },
    PATIENCE,
  );
});

test(
  "limt instead of limit fails, with the right name",
  async () => {
    const source = await readFile(path.join(folder, "cameras.py"), "utf8");
    await writeFile(path.join(folder, "wrong.py"), source.replace("limit=", "limt="));
    const words = ["proxy", "--target", server.origin, "--", "python3", "wrong.py"];
    const environment = { ANGELCAM_TOKEN: server.sandbox.tokens.personalAccessToken({}) };
    const settings = { command: COMMAND, cwd: folder, reports: false, environment };
    const { code, stdout } = await runCommand(words, settings);
    expect(code, stdout).toBe(1);
    expect(stdout).toContain('Did you mean "limit"?');
  },
  PATIENCE,
);

test(
  "the list of known violations is read, and its entry fails because it is not needed here",
  async () => {
    const words = ["--server", server.origin, "--workflow", "quick-start", "--ignore", "known-violations.yaml"];
    const { code, stdout } = await runCommand(words, { command: COMMAND, cwd: folder, reports: false });
    expect(code, stdout).toBe(1);
    expect(stdout).toContain("Relative links until release 12.");
  },
  PATIENCE,
);

interface Theirs {
  readonly components: { readonly schemas: { readonly CameraBase: CameraSchema } };
}

interface CameraSchema {
  readonly properties: { readonly status: { readonly enum: string[] } };
}

/** The code of the only block of a language that has this text. */
function blockWith(language: string, text: string): string {
  const found = blocks.filter((block: CodeBlock) => block.language === language && block.code.includes(text));
  expect(found.map(({ line }) => line)).toHaveLength(1);
  return found[0]?.code ?? "";
}
