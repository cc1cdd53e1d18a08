import { writeFile } from "node:fs/promises";
import path from "node:path";
import { PROGRAM, PROGRAM_CJS, type Project, START, type Stack, type Step, shows } from "./stack.ts";

const FILES = {
  "program.js": PROGRAM,
  "main.js": START,
  "program.cjs": PROGRAM_CJS,
  "main.cjs": 'require("./program.cjs").check().then((text) => console.log(text));\n',
};

/** Installs the manager beside the project, and the project with it. */
function managed(name: string, version: string, command: (bin: string) => Step["command"], files = {}): Stack {
  return {
    name: name.split("/").at(-1) ?? name,
    // For the table; the project itself depends on our package alone.
    packages: { [name]: version },
    files: { ...FILES, ...files },
    manifest: { type: "module" },
    steps: [shows("node", "main.js"), shows("node", "main.cjs")],
    install: async (project) => {
      await installTool(project, name, version);
      await project.run({ command: command(path.join(project.tools, "node_modules", name)) });
    },
  };
}

async function installTool({ tools, run }: Project, name: string, version: string): Promise<void> {
  await writeFile(path.join(tools, "package.json"), JSON.stringify({ dependencies: { [name]: version } }));
  await run({ command: ["npm", "install", "--no-audit", "--no-fund", "--prefer-offline", "--ignore-scripts"] }, tools);
}

/** The same two programs, installed in five ways. */
export const PACKAGE_MANAGERS: readonly Stack[] = [
  managed("npm", "10.9.9", (bin) => ["node", `${bin}/bin/npm-cli.js`, "install", "--no-audit", "--no-fund"]),
  managed("npm", "11.21.2", (bin) => ["node", `${bin}/bin/npm-cli.js`, "install", "--no-audit", "--no-fund"]),
  {
    ...managed("pnpm", "12.21.0", () => ["pnpm"]),
    install: async (project) => {
      await installTool(project, "pnpm", "12.21.0");
      // Its own install script puts the program for this machine in its place.
      await project.run({ command: ["npm", "rebuild", "pnpm", "--ignore-scripts=false"] }, project.tools);
      await project.run({ command: [path.join(project.tools, "node_modules/.bin/pnpm"), "install"] });
    },
  },
  {
    ...managed("yarn", "1.22.22", (bin) => ["node", `${bin}/bin/yarn.js`, "install", "--no-progress"]),
    name: "yarn, classic",
  },
  {
    ...managed(
      "@yarnpkg/cli-dist",
      "4.18.1",
      (bin) => ["node", `${bin}/bin/yarn.js`, "install"],
      // Without a lock file yet, which yarn wants to exist for the folder to be a project.
      { "yarn.lock": "", ".yarnrc.yml": "nodeLinker: pnp\nenableTelemetry: false\nenableGlobalCache: false\n" },
    ),
    name: "yarn, Plug'n'Play",
    steps: [
      shows("node", "--require", "./.pnp.cjs", "--loader", "./.pnp.loader.mjs", "main.js"),
      shows("node", "--require", "./.pnp.cjs", "main.cjs"),
    ],
  },
  {
    ...managed("bun", "1.4.5", () => ["bun", "install", "--no-progress"]),
    // Bun is a program of the runtimes, and is there already.
    install: async ({ run }) => void (await run({ command: ["bun", "install", "--no-progress"] })),
    steps: [shows("bun", "main.js"), shows("bun", "main.cjs")],
  },
];
