import { PROGRAM, PROGRAM_CJS, runs, type Stack, shows } from "./stack.ts";

const TYPESCRIPT = { typescript: "5.9.3", "@types/node": "24.19.2" };
const START_CJS = 'require("./program.cjs").check().then((text) => console.log(text));\n';

/** `PROGRAM`, and a line that starts it. */
const WHOLE = `${PROGRAM}\ncheck().then((text) => console.log(text));\n`;

/** Programs in TypeScript, and plain `require`. */
export const COMPILERS: readonly Stack[] = [
  {
    name: "Node, `require`",
    packages: {},
    quick: true,
    files: { "program.cjs": PROGRAM_CJS, "start.cjs": START_CJS },
    steps: [
      shows("node", "start.cjs"),
      // Node 20.19 and later could load ES modules with `require`: these do without.
      shows("node", "--no-experimental-require-module", "start.cjs"),
      shows("node20", "--no-experimental-require-module", "start.cjs"),
    ],
  },
  {
    name: "TypeScript, `module: commonjs`",
    packages: TYPESCRIPT,
    quick: true,
    files: { "program.ts": WHOLE, "tsconfig.json": config({ module: "commonjs", moduleResolution: "node10" }) },
    steps: [
      runs("node", "node_modules/typescript/bin/tsc"),
      shows("node", "out/program.js"),
      shows("node20", "--no-experimental-require-module", "out/program.js"),
    ],
  },
  {
    name: "TypeScript, node16, `.cts` and `.mts`",
    packages: TYPESCRIPT,
    quick: true,
    files: {
      "program.cts": WHOLE,
      "module.mts": WHOLE,
      "tsconfig.json": config({ module: "node16", moduleResolution: "node16" }),
    },
    steps: [
      runs("node", "node_modules/typescript/bin/tsc"),
      shows("node", "out/program.cjs"),
      shows("node20", "--no-experimental-require-module", "out/program.cjs"),
      shows("node20", "out/module.mjs"),
    ],
  },
  {
    name: "ts-node",
    packages: { "ts-node": "10.9.2", ...TYPESCRIPT },
    quick: true,
    files: { "program.ts": WHOLE, "tsconfig.json": config({ module: "commonjs" }) },
    steps: [
      shows("node", "node_modules/ts-node/dist/bin.js", "program.ts"),
      shows("node20", "node_modules/ts-node/dist/bin.js", "program.ts"),
    ],
  },
  {
    name: "tsx",
    packages: { tsx: "4.23.15" },
    files: { "program.mts": WHOLE, "common.ts": WHOLE },
    steps: [
      shows("node", "node_modules/tsx/dist/cli.mjs", "program.mts"),
      shows("node", "node_modules/tsx/dist/cli.mjs", "common.ts"),
      shows("node20", "node_modules/tsx/dist/cli.mjs", "program.mts"),
      shows("node20", "node_modules/tsx/dist/cli.mjs", "common.ts"),
    ],
  },
];

function config(options: object): string {
  return JSON.stringify({
    compilerOptions: {
      target: "es2022",
      strict: true,
      esModuleInterop: true,
      outDir: "out",
      types: ["node"],
      ...options,
    },
    exclude: ["out", "node_modules"],
  });
}
