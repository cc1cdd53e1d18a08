// Node only: reads files.
import { readFile } from "node:fs/promises";
import path from "node:path";

import { CannotRunError } from "./cannot-run-error.ts";
import { EFFECTS, type Effect } from "./effects.ts";
import { parseYaml } from "./parse-yaml.ts";

/** The journeys that come with the package, in the order in which they run: what uses up the quota is last. */
const JOURNEYS = [
  "quick-start",
  "wrong-token",
  "all-cameras",
  "footage-of-a-day",
  "clip-life",
  "refresh",
  "too-many-requests",
];

const FOLDER = path.resolve(import.meta.dirname, "../../spec/workflows");

/** A step as an Arazzo file has it, and what we add to it. */
export interface ArazzoStep {
  readonly stepId: string;
  readonly "x-effects"?: readonly Effect[];
  /** What the mock is told to answer, for it has no state: the value of its header `Prefer`. */
  readonly "x-mock-answer"?: string;
  /** Kinds of violations that the request of the step commits on purpose. */
  readonly "x-deliberate"?: readonly string[];
}

/** A workflow as an Arazzo file has it, and what we add to it. */
export interface ArazzoWorkflow {
  readonly workflowId: string;
  readonly summary?: string;
  readonly "x-effects"?: readonly Effect[];
  readonly inputs?: { readonly required?: readonly string[] };
  readonly steps: readonly ArazzoStep[];
}

/** An Arazzo file. */
export interface Arazzo {
  readonly sourceDescriptions: readonly { readonly name: string; readonly type?: string; readonly url: string }[];
  readonly workflows: readonly ArazzoWorkflow[];
}

/** A workflow, and the file that it is in. */
export interface Journey {
  readonly name: string;
  readonly workflow: ArazzoWorkflow;
  readonly arazzo: Arazzo;
}

/** Reads the workflows of the package, or those of somebody's own files. */
export async function readWorkflows(files: readonly string[]): Promise<Journey[]> {
  const chosen = files.length > 0 ? files : JOURNEYS.map((name) => path.join(FOLDER, `${name}.arazzo.yaml`));
  const journeys = (await Promise.all(chosen.map(readJourneys))).flat();
  for (const [index, { name }] of journeys.entries()) {
    if (journeys.findIndex((other) => other.name === name) < index) {
      throw new CannotRunError(`Two workflows are called ${name}.`);
    }
  }
  return journeys;
}

async function readJourneys(file: string): Promise<Journey[]> {
  let arazzo: Arazzo;
  try {
    arazzo = parseYaml(await readFile(file, "utf8"));
  } catch (error) {
    throw new CannotRunError(`${file} cannot be read: ${(error as Error).message}`);
  }
  const problem = problemOf(arazzo);
  if (problem) throw new CannotRunError(`${file}: ${problem}`);
  return arazzo.workflows.map((workflow) => ({ name: workflow.workflowId, workflow, arazzo }));
}

/** What keeps us from running it. All else about the format is left to redocly. */
function problemOf(arazzo: Partial<Arazzo> | null): string | undefined {
  const { sourceDescriptions, workflows } = arazzo ?? {};
  if (!Array.isArray(workflows) || workflows.length === 0) return "it holds no workflow.";
  const [source, ...others] = sourceDescriptions ?? [];
  if (!source || others.length > 0 || source.type === "arazzo") {
    return "it must have one source description: the OpenAPI document. Ours is put in its place.";
  }
  for (const { workflowId, steps, ...workflow } of workflows as ArazzoWorkflow[]) {
    if (!workflowId || !Array.isArray(steps) || steps.length === 0) return `workflow ${workflowId} has no steps.`;
    const effects = [workflow, ...steps].flatMap((part) => part["x-effects"] ?? []);
    const unknown = effects.find((effect) => !EFFECTS.includes(effect));
    if (unknown) return `workflow ${workflowId}: x-effects knows ${EFFECTS.join(", ")}, not ${unknown}.`;
  }
  return undefined;
}
