/** A tool chain that the package promises to work in. */
export interface Stack {
  /** As the README's table shows it. */
  readonly name: string;
  /** What is installed beside the package, in exact versions. The first is the one that the table shows. */
  readonly packages: Readonly<Record<string, string>>;
  /** Files of the scratch project, by their path. A file that is a program writes `EXPECTED` when all is well. */
  readonly files: Readonly<Record<string, string>>;
  /** Fields of its package.json beside the dependencies. */
  readonly manifest?: object;
  /** What is run in the project, one after the other. */
  readonly steps: readonly Step[];
  /** True for those that `npm run verify` runs: they take seconds, and their packages are few. */
  readonly quick?: boolean;
  /** True where the programs ask a Redis, whose address is then in `REDIS_URL`. */
  readonly redis?: boolean;
  /** Installs the project in another way than with the npm of this machine. */
  readonly install?: (project: Project) => Promise<void>;
}

/** A scratch project in a folder of its own. */
export interface Project {
  readonly folder: string;
  /** A folder for tools that are not a part of the project. */
  readonly tools: string;
  /** The packed package. */
  readonly tarball: string;
  readonly packages: Readonly<Record<string, string>>;
  /** Runs a program to its end, and returns what it has written. */
  readonly run: (step: Step, folder?: string) => Promise<string>;
}

/**
 * A command with its parameters. `node` is the Node of this repository, `node20` is Node 20.
 */
export interface Step {
  readonly command: readonly [string, ...string[]];
  /** Text that its output contains. */
  readonly expected?: string;
}

/** A step whose output shows that the package works. */
export function shows(...command: [string, ...string[]]): Step {
  return { command, expected: EXPECTED };
}

/** A step that has to end well, such as a build. */
export function runs(...command: [string, ...string[]]): Step {
  return { command };
}

/** Written by `check()` of `PROGRAM`. */
export const EXPECTED = "3 cameras, not found: true, forged: true, page survives: true";

/** The main entry, the sandbox and the webhooks in one program, as an ES module that is TypeScript and JavaScript alike. */
export const PROGRAM = `
import { Angelcam, AngelcamError, NotFoundError, personalAccessToken } from "angelcam-client";
import { createSandbox } from "angelcam-client/sandbox";
import { verifyWebhook } from "angelcam-client/webhooks";

export async function check() {
  const sandbox = createSandbox({ cameras: 3 });
  const auth = personalAccessToken(sandbox.tokens.personalAccessToken());
  const angelcam = new Angelcam({ auth, fetch: sandbox.fetch });
  const page = await angelcam.cameras.list();
  const missing = await angelcam.cameras.get(999999999).catch((error) => error);
  const notFound = missing instanceof NotFoundError && missing instanceof AngelcamError;
  const forged = await verifyWebhook({ headers: {}, body: new Uint8Array() }, "key").catch((error) => error);
  const copy = JSON.parse(JSON.stringify(page)).results[0].id === page.results[0]?.id;
  return \`\${page.results.length} cameras, not found: \${notFound}, forged: \${forged instanceof AngelcamError}, page survives: \${copy}\`;
}
`;

/** `PROGRAM` with `require`, as plain JavaScript. */
export const PROGRAM_CJS = `${PROGRAM.replaceAll(
  /import (\{[^}]+\}) from ("[^"]+");/g,
  "const $1 = require($2);",
).replace("export async function", "async function")}
module.exports = { check };
`;

/** Runs `check()` of a module beside it. */
export const START = `import { check } from "./program.js";\ncheck().then((text) => console.log(text));\n`;
