import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";

// Stands in for the commands of a shell block: `node shell-command.ts <command> <words> ...`. curl sends its request to the mock,
// and fails unless the response is a success. The others are not run; they fail when their arguments do not exist.

const ROOT = path.resolve(import.meta.dirname, "../..");

interface Manifest {
  readonly name: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly bin: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as Manifest;
const [command = "", ...words] = process.argv.slice(2);

switch (command) {
  case "curl":
    process.exitCode = curl(words);
    break;
  case "npm":
    npm(words);
    break;
  case "npx":
    npx(words);
    break;
  default:
    if (!/^[\w.-]+\.(mjs|ts)$/.test(words[0] ?? "")) fail("a file is expected behind node");
}

function curl(parameters: readonly string[]): number {
  const options = ["--silent", "--show-error", "--fail-with-body", "--max-time", "60"];
  const environment = { ...process.env, PATH: process.env.TEST_PATH ?? "" };
  const { status, stdout, stderr, error } = spawnSync("curl", [...options, ...parameters], { env: environment });
  if (error) fail(`the tests of the guides need curl: ${error.message}`);
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  return status ?? 1;
}

function npm([verb = "", ...rest]: readonly string[]): void {
  const script = verb === "run" ? rest[0] : ["start", "test"].includes(verb) ? verb : undefined;
  if (script !== undefined) {
    const source = manifest.scripts[script] ?? fail(`package.json has no script ${script}`);
    checkOptions(rest.slice(rest.indexOf("--") + 1 || rest.length), source.match(/scripts\/\S+\.ts/)?.[0]);
  } else if (verb === "install") {
    const wanted = rest.find((word) => !word.startsWith("--")) ?? manifest.name;
    const packed = `../${manifest.name}/${manifest.name}-*.tgz`;
    if (![manifest.name, packed].includes(wanted)) fail(`npm install ${wanted} installs something else`);
  } else if (!["ci", "pack"].includes(verb)) {
    fail(`the guides do not use npm ${verb}`);
  }
}

function npx([name = "", ...rest]: readonly string[]): void {
  const built = manifest.bin[name] ?? fail(`the package has no command ${name}`);
  checkOptions(rest, built.replace("./dist/package/", "").replace(/\.js$/, ".ts"));
}

/** Each option must be in the help of the program. */
function checkOptions(parameters: readonly string[], program: string | undefined): void {
  const options = parameters.filter((word) => word.startsWith("--")).map((word) => word.split("=")[0] ?? word);
  if (options.length === 0) return;
  const help = execFileSync(process.execPath, [path.join(ROOT, program ?? ""), "--help"], { encoding: "utf8" });
  for (const option of options) {
    if (!help.split(/[\s,=]+/).includes(option)) fail(`${program} --help does not know ${option}`);
  }
}

function fail(reason: string): never {
  console.error(reason);
  process.exit(1);
}
