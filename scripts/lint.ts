import { spawn } from "node:child_process";
import { globSync } from "node:fs";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "..");

/** Every static check of the repository; each is a tool with its own configuration file at the root. */
const CHECKS = [
  ["biome", "check", "--error-on-warnings"],
  ["tsc", "--noEmit"],
  ["redocly", "lint", "spec/openapi.yaml", "--format=stylish"],
  [
    "redocly",
    "lint",
    ...globSync("spec/workflows/*.arazzo.yaml", { cwd: ROOT }),
    "--config=spec/workflows/redocly.yaml",
    "--format=stylish",
  ],
];

const results = await Promise.all(CHECKS.map(([tool = "", ...rest]) => run(tool, rest)));
for (const { name, ok, output } of results) console.log(ok ? `ok    ${name}` : `FAILED ${name}\n${output}`);
process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;

function run(tool: string, rest: readonly string[]): Promise<{ name: string; ok: boolean; output: string }> {
  const name = [tool, ...rest].join(" ");
  const env = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_NOTIFICATIONS: "true", NO_COLOR: "1" };
  return new Promise((fulfil) => {
    const child = spawn(path.join(ROOT, "node_modules/.bin", tool), rest, { cwd: ROOT, env });
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    child.stderr.on("data", (chunk) => {
      output += chunk;
    });
    child.on("error", (error) => fulfil({ name, ok: false, output: error.message }));
    child.on("close", (code) =>
      fulfil({ name, ok: code === 0 && !/\bwarning/i.test(tool === "redocly" ? output : ""), output }),
    );
  });
}
