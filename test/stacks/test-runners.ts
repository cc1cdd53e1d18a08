import { EXPECTED, PROGRAM, PROGRAM_CJS, runs, type Stack } from "./stack.ts";

const JEST = { jest: "30.5.2" };
const RUN_JEST = ["node_modules/jest/bin/jest.js", "--ci", "--watchman=false"] as const;

/** The test of every project here; `import` becomes `require` where the project wants that. */
const TEST = `
import { check } from "./program";

test("the package works", async () => {
  expect(await check()).toBe(${JSON.stringify(EXPECTED)});
});
`;

/** The client is replaced as a whole: nothing of it may insist on being real. */
const MOCK_TEST = `
jest.mock("angelcam-client");
const { Angelcam } = require("angelcam-client");

test("jest.mock replaces the client", () => {
  const angelcam = new Angelcam({ auth: "none" });
  expect(jest.isMockFunction(Angelcam)).toBe(true);
  expect(Angelcam).toHaveBeenCalledTimes(1);
  expect(angelcam).toBeInstanceOf(Angelcam);
});
`;

/** In Jest the errors and dates of Node are no instances of the classes that the package sees. */
const REALM_TEST = `
const { statSync } = require("node:fs");
const path = require("node:path");
const { Angelcam, personalAccessToken } = require("angelcam-client");
const { fileTokenStore } = require("angelcam-client/node");
const { createSandbox } = require("angelcam-client/sandbox");

test("tokens are kept in a file", async () => {
  const store = fileTokenStore(path.join(__dirname, "kept", "tokens.json"));
  await store.write({ accessToken: "one", refreshToken: "two", issuedAt: 1, expiresAt: 2, scope: undefined });
  expect((await store.read()).accessToken).toBe("one");
});

test("a date of Node is a date", async () => {
  const sandbox = createSandbox();
  const auth = personalAccessToken(sandbox.tokens.personalAccessToken());
  const angelcam = new Angelcam({ auth, fetch: sandbox.fetch });
  const [camera] = (await angelcam.cameras.list({ limit: 1 })).results;
  await angelcam.cameras.events.list(camera.id, { end: statSync(__filename).mtime });
});
`;

/** Runners of tests, as they come. */
export const TEST_RUNNERS: readonly Stack[] = [
  {
    name: "Jest, default, with `jest.mock`",
    packages: JEST,
    quick: true,
    files: {
      "program.js": PROGRAM_CJS,
      "program.test.js": TEST.replace(/import (\{.+\}) from (".+")/, "const $1 = require($2)"),
      "mock.test.js": MOCK_TEST,
      "realm.test.js": REALM_TEST,
    },
    manifest: { jest: { transform: {} } },
    steps: [runs("node", ...RUN_JEST), runs("node20", ...RUN_JEST)],
  },
  {
    name: "Jest, Babel",
    packages: { ...JEST, "@babel/core": "7.28.5", "@babel/preset-env": "7.28.5" },
    files: {
      "program.js": PROGRAM,
      "program.test.js": TEST,
      "babel.config.js": 'module.exports = { presets: [["@babel/preset-env", { targets: { node: "current" } }]] };\n',
    },
    steps: [runs("node", ...RUN_JEST), runs("node20", ...RUN_JEST)],
  },
  {
    name: "Jest, ts-jest",
    packages: { ...JEST, "ts-jest": "29.4.15", typescript: "5.9.3", "@types/jest": "30.0.0", "@types/node": "24.19.2" },
    files: {
      "program.ts": PROGRAM,
      "program.test.ts": TEST,
      "tsconfig.json": JSON.stringify({
        compilerOptions: {
          module: "commonjs",
          target: "es2022",
          strict: true,
          esModuleInterop: true,
          types: ["jest", "node"],
        },
      }),
    },
    manifest: { jest: { preset: "ts-jest" } },
    steps: [runs("node", ...RUN_JEST), runs("node20", ...RUN_JEST)],
  },
  {
    name: "Jest, ES modules",
    packages: JEST,
    files: { "program.js": PROGRAM, "program.test.js": TEST.replace("./program", "./program.js") },
    manifest: { type: "module", jest: { transform: {} } },
    steps: [
      runs("node", "--experimental-vm-modules", ...RUN_JEST),
      runs("node20", "--experimental-vm-modules", ...RUN_JEST),
    ],
  },
  {
    name: "Vitest, with `vi.mock`",
    packages: { vitest: "5.1.1" },
    files: {
      "program.js": PROGRAM,
      "program.test.js": `import { test, expect } from "vitest";${TEST}`,
      "mock.test.js": `
import { expect, test, vi } from "vitest";
import { Angelcam } from "angelcam-client";
vi.mock("angelcam-client");

test("vi.mock replaces the client", () => {
  new Angelcam({ auth: "none" });
  expect(vi.isMockFunction(Angelcam)).toBe(true);
  expect(Angelcam).toHaveBeenCalledTimes(1);
});
`,
    },
    manifest: { type: "module" },
    steps: [runs("node", "node_modules/vitest/vitest.mjs", "run")],
  },
];
