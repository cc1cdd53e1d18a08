import { expect, test } from "vitest";
import { readCommandLine } from "../../src/contract-cli/command-line.ts";
import type { Effect } from "../../src/contract-cli/effects.ts";
import { plan, type Wishes } from "../../src/contract-cli/plan.ts";
import type { ArazzoWorkflow, Journey } from "../../src/contract-cli/read-workflows.ts";
import { arazzoOf, runCommand, step } from "./command.ts";

// What is decided before a request is sent.

const ONE_STEP = step("GET /v1/me/", "successCriteria: [{ condition: $statusCode == 200 }]");
const ELSEWHERE: Wishes = { names: [], mayWrite: false, target: { isLocal: false }, inputs: new Set() };

function journey(name: string, parts: Partial<ArazzoWorkflow> = {}): Journey {
  const workflow = { workflowId: name, steps: [{ stepId: "only" }], ...parts };
  const sourceDescriptions = [{ name: "angelcam", type: "openapi", url: "openapi.yaml" }];
  return { name, workflow, arazzo: { sourceDescriptions, workflows: [workflow] } };
}

function leaving(name: string, effect: Effect): Journey {
  return journey(name, { steps: [{ stepId: "look" }, { stepId: "act", "x-effects": [effect] }] });
}

test("off this machine, what uses up the quota runs only when it is named", () => {
  const journeys = [journey("harmless"), journey("greedy", { "x-effects": ["uses-up-quota"] })];
  expect(plan(journeys, ELSEWHERE).map(({ skipped }) => skipped)).toEqual([
    undefined,
    "it uses up the quota of the account: off this machine it runs only when it is named with --workflow",
  ]);
  expect(plan(journeys, { ...ELSEWHERE, names: ["greedy"] })).toEqual([
    { journey: journeys[1], skipped: undefined, leftOut: new Map() },
  ]);
  expect(plan(journeys, { ...ELSEWHERE, target: { isLocal: true } }).map(({ skipped }) => skipped)).toEqual([
    undefined,
    undefined,
  ]);
});

test("of a workflow that may run, the steps are left out that may not", () => {
  const reason = "it writes: allow that with --write";
  const leftOut = (wishes: Wishes) => plan([leaving("own", "writes")], wishes).map((one) => [...one.leftOut]);
  expect(leftOut(ELSEWHERE)).toEqual([[["act", reason]]]);
  expect(leftOut({ ...ELSEWHERE, mayWrite: true })).toEqual([[]]);
});

test("when no workflow can run, each is named with its reason and what to do", () => {
  const journeys = [
    journey("writing", { "x-effects": ["writes"] }),
    journey("asking", { inputs: { required: ["cameraId", "authorization"] } }),
  ];
  expect(() => plan(journeys, ELSEWHERE)).toThrow(
    `No workflow can run:
  writing: it writes: allow that with --write
  asking: it needs --input cameraId=…, ANGELCAM_TOKEN, or ANGELCAM_CLIENT_ID, ANGELCAM_USERNAME, ANGELCAM_PASSWORD`,
  );
});

test("the text of an input may hold an equals sign, lines, or nothing at all", () => {
  const commandLine = readCommandLine(["--input", "filter=a=b", "--input", "note=one\ntwo", "--input", "empty="]);
  expect(commandLine).toMatchObject({ inputs: { filter: "a=b", note: "one\ntwo", empty: "" } });
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
    "two workflows of one name",
    `${arazzoOf(ONE_STEP)}  - workflowId: own\n    steps:\n${ONE_STEP}`,
    "Two workflows are called own.",
  ],
])("a file with %s cannot be run, and the message says so", async (_, arazzo, message) => {
  const { code, stdout, stderr } = await runCommand(["--list"], { arazzo });
  expect([code, stdout, stderr]).toEqual([2, "", expect.stringContaining(message)]);
});
