// Node only: reads files.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { parsePointer } from "../base/json-pointer.ts";
import { angelcamDocument } from "../openapi/angelcam-document.ts";
import type { OpenApiOperation } from "../openapi/operation.ts";
import { CannotRunError } from "./cannot-run-error.ts";
import { EFFECTS, type Effect } from "./effects.ts";
import { parseYaml } from "./parse-yaml.ts";

/** The workflows of the package, in the order in which they run: the one that uses up the quota is last. */
const WORKFLOW_NAMES = [
  "quick-start",
  "wrong-token",
  "all-cameras",
  "footage-of-a-day",
  "clip-life",
  "refresh",
  "too-many-requests",
];

const FOLDER = path.resolve(import.meta.dirname, "../../spec/workflows");

/** A case in which a step has nothing to check, although the server is right. */
export interface SkipCondition {
  /** Status of the response. */
  readonly status: number;
  /** JSON pointer: the case is given when the body has nothing there, or null. Without it, the status decides. */
  readonly absent?: string;
  /** For the report, such as `the account has no camera`. */
  readonly reason: string;
}

/** A step as an Arazzo file has it, and our extensions. */
export interface ArazzoStep {
  readonly stepId: string;
  readonly "x-effects"?: readonly Effect[];
  /** The response requested from the mock, because it has no state: the value of the header `Prefer`. */
  readonly "x-mock-response"?: string;
  /** Kinds of violations that the request of the step commits on purpose. */
  readonly "x-deliberate"?: readonly string[];
  /** Cases in which the step, and those after it, are skipped. */
  readonly "x-skip-when"?: readonly SkipCondition[];
  readonly operationPath?: string;
  readonly operationId?: string;
}

/** A workflow as an Arazzo file has it, and our extensions. */
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
export interface WorkflowEntry {
  readonly name: string;
  readonly workflow: ArazzoWorkflow;
  readonly arazzo: Arazzo;
}

/**
 * Reads the workflows of the package, or those of other files.
 *
 * @throws CannotRunError for a file that cannot be read or run, and for two workflows of one name.
 */
export async function readWorkflows(files: readonly string[]): Promise<WorkflowEntry[]> {
  const chosen = files.length > 0 ? files : WORKFLOW_NAMES.map((name) => path.join(FOLDER, `${name}.arazzo.yaml`));
  const entries = (await Promise.all(chosen.map(readEntries))).flat();
  for (const [index, { name }] of entries.entries()) {
    if (entries.findIndex((other) => other.name === name) < index) {
      throw new CannotRunError(`Two workflows are called ${name}.`);
    }
  }
  return entries;
}

async function readEntries(file: string): Promise<WorkflowEntry[]> {
  let arazzo: Arazzo;
  try {
    arazzo = parseYaml(await readFile(file, "utf8")) as Arazzo;
  } catch (error) {
    throw new CannotRunError(`${file} cannot be read: ${(error as Error).message}`);
  }
  const problem = problemOf(arazzo);
  if (problem) throw new CannotRunError(`${file}: ${problem}`);
  return arazzo.workflows.map((workflow) => ({ name: workflow.workflowId, workflow, arazzo }));
}

/** Why a file cannot be run. All else about the format is left to redocly. */
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
    const lost = steps.find((step) => step.operationId !== undefined && !operationOf(step));
    if (lost) return `step ${lost.stepId} of ${workflowId}: the document has no operation ${lost.operationId}.`;
  }
  return undefined;
}

/** The operation that a step calls, by its id or its path; undefined for one that is not in our document. */
export function operationOf({ operationId, operationPath = "" }: ArazzoStep): OpenApiOperation | undefined {
  const document = angelcamDocument();
  if (operationId !== undefined) {
    return document.operation(String(operationId).replace(/^\$sourceDescriptions\.[\w-]+\./, ""));
  }
  const [, path, method] = parsePointer(
    operationPath.includes("#") ? operationPath.slice(operationPath.indexOf("#")) : "",
  );
  return document.operations.find((one) => one.path === path && one.method === method?.toUpperCase());
}
