/** How a test runs a printed command, or why none does. */
export type CommandProof =
  /** The test of this list starts it, with a free port, and waits for this output. */
  | { readonly prints: RegExp }
  /** Another test, or a gate, runs it: this text in that file. */
  | { readonly runBy: string; readonly text: string }
  | { readonly reason: string };

const GATES = "scripts/shared/gates/registry.ts";
const GUIDE = "test/contract-cli/guide-commands.slow.test.ts";

const ofTestingGuide: CommandProof = { runBy: GUIDE, text: "npx (angelcam-contract .*)" };
const LISTENS = /listens on http:\/\/127\.0\.0\.1:\d+/;

/** Every command of the pages and the messages. A new one needs a line here. */
export const COMMANDS: Readonly<Record<string, CommandProof>> = {
  "npm install --save-dev @redocly/cli": { runBy: "test/contract-cli/package.slow.test.ts", text: "await run(npm, [" },
  "npm install --save-dev @stoplight/prism-cli@5.16.0": {
    reason: "it needs a registry; that the version is the one of package.json is compared beside this list",
  },
  "npm run bench": { runBy: GATES, text: '"scripts/bench/main.ts", "--quick"' },
  "npm run camera-grid": {
    reason: "it serves a page until Ctrl+C; camera-grid.slow.test.ts builds the same page, and uses it in a browser",
  },
  "npm run docs": { runBy: "test/docs/preview.test.ts", text: "startScript([PREVIEW, " },
  "npm run docs:preview": { runBy: "test/docs/preview.test.ts", text: "startScript([PREVIEW, " },
  "npm run docs:search": { runBy: "test/docs/search/search.test.ts", text: "scripts/docs-search/main.ts" },
  'npm run docs:search -- "words"': { runBy: "test/docs/search/search.test.ts", text: "scripts/docs-search/main.ts" },
  "npm run format": { reason: 'it writes to the sources; the gate "format" runs the same tool without writing' },
  "npm run generate": { runBy: "test/generate/broken-spec.test.ts", text: '["scripts/generate/main.ts"]' },
  "npm run licences": { prints: /\| what users get \| version \|/ },
  "npm run lint": { reason: "`npm run verify` runs all of its gates, and CI runs that" },
  "npm run mock": { runBy: "test/mock/command.test.ts", text: 'startScript([MOCK, "--port", "0"])' },
  "npm run mock -- --port 4010": { runBy: "test/mock/command.test.ts", text: 'startScript([MOCK, "--port", "0"])' },
  "npm run release:document": {
    reason: "it writes the document of a release; release-check.test.ts and the gate read what it has written",
  },
  "npm run runtimes": { runBy: GATES, text: '"test/runtimes/main.ts"' },
  "npm run stacks": { runBy: GATES, text: '"scripts/stacks/main.ts", "--quick"' },
  "npm run test:busy": { runBy: "test/scripts/test-busy.slow.test.ts", text: '"--command", NEVER_ENDS' },
  "npm run test:busy -- --runs 1": { runBy: "test/scripts/test-busy.slow.test.ts", text: '"--runs", "1"' },
  "npm run verify": { runBy: ".ci/run", text: "npm run verify" },
  "npm run verify -- spectral attw": { reason: "it takes minutes, and `npm run verify` runs both gates" },
  "npx angelcam-contract": {
    reason: "without --server it calls Angelcam itself; with it, the testing guide's are run",
  },
  "npx angelcam-contract --server http://127.0.0.1:4020": ofTestingGuide,
  "npx angelcam-contract --explore --server http://127.0.0.1:4020 --coverage operations=40": ofTestingGuide,
  "npx angelcam-contract proxy --target http://127.0.0.1:4020 --record traffic.har -- python3 cameras.py":
    ofTestingGuide,
  "npx angelcam-contract --server http://127.0.0.1:4020 --junit contract.xml --html contract.html --har contract.har":
    ofTestingGuide,
  "npx angelcam-contract diff theirs.yaml --known known-differences.yaml --json drift.json": ofTestingGuide,
  "npx angelcam-mock": { runBy: "test/mock/command.test.ts", text: 'startScript([MOCK, "--port", "0"])' },
  "npx angelcam-mock --port 0": { runBy: "test/mock/command.test.ts", text: 'startScript([MOCK, "--port", "0"])' },
  "npx angelcam-sandbox": { prints: LISTENS },
  "npx angelcam-sandbox --no-quota": { prints: LISTENS },
  "npx angelcam-sandbox --port 4020 --cameras 250": { prints: LISTENS },
  "npx angelcam-sandbox --port 4020 --no-quota": { prints: LISTENS },
  "npx angelcam-sandbox --port 4020 --replay traffic.har": { runBy: GUIDE, text: "npx angelcam-sandbox (.*)" },
};
