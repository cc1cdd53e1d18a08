import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { startScript } from "../support/script.ts";
import { COMMANDS } from "./command-registry.ts";
import { commandsOfMessages, commandsOfProse, commandsOfSource, commandsOfText } from "./commands.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const printed = [...commandsOfProse(ROOT), ...commandsOfMessages(ROOT)];
const proofs = Object.entries(COMMANDS);

describe("every command that a page or a message prints", () => {
  test("is run by a test, or has a reason why none runs it", () => {
    expect(printed.length).toBeGreaterThan(40);
    const unknown = printed.filter(({ command }) => !Object.hasOwn(COMMANDS, command));
    expect(unknown.map(({ command, file }) => `${file}: ${command}`)).toEqual([]);
  });

  test("is still printed somewhere, when it has a proof", () => {
    const commands = printed.map(({ command }) => command);
    expect(proofs.map(([command]) => command).filter((command) => !commands.includes(command))).toEqual([]);
  });

  test("is in the test that is said to run it", () => {
    const missing = proofs.filter(([, proof]) => {
      return "runBy" in proof && !readFileSync(path.join(ROOT, proof.runBy), "utf8").includes(proof.text);
    });
    expect(missing).toEqual([]);
  });

  test.each(proofs.flatMap(([command, proof]) => ("prints" in proof ? [[command, proof.prints] as const] : [])))(
    "%s prints what it should",
    async (command, pattern) => {
      await using script = startScript(programOf(command));
      await script.printed(pattern);
      // A server goes on, and anything else has to end well.
      if (!command.includes("sandbox")) expect((await script.ended).code).toBe(0);
      expect(script.stderr()).toBe("");
    },
  );
});

test("Prism is advised in the version that these tests run", () => {
  const version = manifest.devDependencies["@stoplight/prism-cli"];
  expect(Object.keys(COMMANDS)).toContain(`npm install --save-dev @stoplight/prism-cli@${version}`);
});

test("commands are found in a text, without what follows them", () => {
  const text =
    "Run `npm run lint` or `npx angelcam-mock --port 0`.\n\nnpm run a:b -- --c  # why\nnpx angelcam-x & curl\n";
  expect(commandsOfText(text)).toEqual([
    "npm run lint",
    "npx angelcam-mock --port 0",
    "npm run a:b -- --c",
    "npx angelcam-x",
  ]);
});

test("commands are found in a source, without its comments and the rest of the sentence", () => {
  const source = [
    "/** `npm run one` */",
    "  // npx angelcam-two",
    'fail("Make it with: npm run three");',
    "print(`npx angelcam-four --port 0: it listens\\n`);",
    'const advice = "npm install --save-dev five@1.2.3\\n";',
  ];
  expect(commandsOfSource(source.join("\n"))).toEqual([
    "npm run three",
    "npx angelcam-four --port 0",
    "npm install --save-dev five@1.2.3",
  ]);
});

/** What Node has to run for a command, on a free port. */
function programOf(command: string): string[] {
  const [tool, ...rest] = command.split(" ");
  const name = (tool === "npm" ? rest[1] : rest[0]) ?? "";
  const scripts: Readonly<Record<string, string>> = manifest.scripts;
  const bins: Readonly<Record<string, string>> = manifest.bin;
  if (tool === "npm") return [/\S+\.ts/.exec(scripts[name] ?? "")?.[0] ?? "", ...rest.slice(3)];
  const source = bins[name]?.replace("./dist/package/", "").replace(/\.js$/, ".ts") ?? "";
  const words = rest.slice(1);
  const port = words.indexOf("--port");
  if (port >= 0) words.splice(port, 2);
  return [source, ...words, "--port", "0"];
}
