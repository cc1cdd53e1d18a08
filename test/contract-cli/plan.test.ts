import { expect, test } from "vitest";
import { readCommandLine } from "../../src/contract-cli/command-line.ts";
import type { Effect } from "../../src/contract-cli/effects.ts";
import { type PlanOptions, plan } from "../../src/contract-cli/plan.ts";
import type { ArazzoWorkflow, WorkflowEntry } from "../../src/contract-cli/read-workflows.ts";
import { arazzoOf, runCommand, step } from "./command.ts";

// Decisions before a request is sent.

const ONE_STEP = step("GET /v1/me/", "successCriteria: [{ condition: $statusCode == 200 }]");
const ELSEWHERE: PlanOptions = { names: [], mayWrite: false, target: { isLocal: false }, inputs: new Set() };

function entry(name: string, parts: Partial<ArazzoWorkflow> = {}): WorkflowEntry {
  const workflow = { workflowId: name, steps: [{ stepId: "only" }], ...parts };
  const sourceDescriptions = [{ name: "angelcam", type: "openapi", url: "openapi.yaml" }];
  return { name, workflow, arazzo: { sourceDescriptions, workflows: [workflow] } };
}

function leaving(name: string, effect: Effect): WorkflowEntry {
  return entry(name, { steps: [{ stepId: "look" }, { stepId: "act", "x-effects": [effect] }] });
}

test("off this machine, what uses up the quota runs only when it is named", () => {
  const entries = [entry("harmless"), entry("greedy", { "x-effects": ["uses-up-quota"] })];
  expect(plan(entries, ELSEWHERE).map(({ skipped }) => skipped)).toEqual([
    undefined,
    "it uses up the quota of the account: off this machine it runs only when it is named with --workflow",
  ]);
  expect(plan(entries, { ...ELSEWHERE, names: ["greedy"] })).toEqual([
    { entry: entries[1], skipped: undefined, leftOut: new Map() },
  ]);
  expect(plan(entries, { ...ELSEWHERE, target: { isLocal: true } }).map(({ skipped }) => skipped)).toEqual([
    undefined,
    undefined,
  ]);
});

test("of a workflow that may run, the steps are left out that may not", () => {
  const reason = "it writes: allow that with --write";
  const leftOut = (options: PlanOptions) => plan([leaving("own", "writes")], options).map((one) => [...one.leftOut]);
  expect(leftOut(ELSEWHERE)).toEqual([[["act", reason]]]);
  expect(leftOut({ ...ELSEWHERE, mayWrite: true })).toEqual([[]]);
});

test("when no workflow can run, each is named with its reason and what to do", () => {
  const entries = [
    entry("writing", { "x-effects": ["writes"] }),
    entry("asking", { inputs: { required: ["cameraId", "authorization"] } }),
  ];
  expect(() => plan(entries, ELSEWHERE)).toThrow(
    `No workflow can run:
  writing: it writes: allow that with --write
  asking: it needs --input cameraId=…, ANGELCAM_TOKEN, or ANGELCAM_CLIENT_ID, ANGELCAM_USERNAME, ANGELCAM_PASSWORD`,
  );
});

test("the text of an input may hold an equals sign, lines, or nothing at all", () => {
  const commandLine = readCommandLine(["--input", "filter=a=b", "--input", "note=one\ntwo", "--input", "empty="]);
  expect(commandLine).toMatchObject({ options: { inputs: { filter: "a=b", note: "one\ntwo", empty: "" } } });
});

test.each([
  ["nothing", "", "it holds no workflow."],
  ["a list of no workflows", "arazzo: 1.0.1\nworkflows: []", "it holds no workflow."],
  ["no source description", "workflows: [{ workflowId: own }]", "it must have one source description"],
  [
    "two source descriptions",
    arazzoOf(ONE_STEP).replace("workflows:", "  - { name: other, type: openapi, url: other.yaml }\nworkflows:"),
    "it must have one source description",
  ],
  [
    "another Arazzo file as its source",
    arazzoOf(ONE_STEP).replace("type: openapi", "type: arazzo"),
    "it must have one source description",
  ],
  ["a workflow without steps", arazzoOf("      []"), "workflow own has no steps."],
  [
    "an effect that we do not know",
    arazzoOf(ONE_STEP, "    x-effects: [explodes]\n"),
    "workflow own: x-effects knows writes, uses-up-quota, ends-session, not explodes.",
  ],
  [
    "an operation that is not in our document",
    arazzoOf("      - { stepId: only, operationId: cameras.lst }"),
    "step only of own: the document has no operation cameras.lst.",
  ],
  [
    "two workflows of one name",
    `${arazzoOf(ONE_STEP)}  - workflowId: own\n    steps:\n${ONE_STEP}`,
    "Two workflows are called own.",
  ],
])("a file with %s cannot be run, and the message says so", async (_, arazzo, message) => {
  const { code, stdout, stderr } = await runCommand(["--list"], { arazzo });
  expect([code, stdout, stderr]).toEqual([2, "", expect.stringContaining(message)]);
});
