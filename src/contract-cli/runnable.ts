// Node only: names a file.
import { fileURLToPath } from "node:url";
import { appendPointer } from "../base/json-pointer.ts";
import type { PlannedWorkflow } from "./plan.ts";
import { type ArazzoStep, operationOf } from "./read-workflows.ts";

/** The same relative path in the package. */
const DOCUMENT = fileURLToPath(new URL("../../generated/openapi.json", import.meta.url));

/**
 * The Arazzo document of one workflow, ready for redocly: with our document, without the steps that are left out, and for
 * the mock with the response that it must return.
 */
export function runnable({ entry, leftOut }: PlannedWorkflow, isMock: boolean): object {
  const { arazzo, workflow } = entry;
  const [source] = arazzo.sourceDescriptions;
  const withPaths = (all: readonly ArazzoStep[]) => all.map((step) => withPath(step, source?.name ?? ""));
  const steps = withPaths(workflow.steps.filter(({ stepId }) => !leftOut.has(stepId)));
  const others = arazzo.workflows.filter(({ workflowId }) => workflowId !== workflow.workflowId);
  return {
    ...arazzo,
    sourceDescriptions: [{ ...source, url: DOCUMENT }],
    // The others of the file stay, for a step can call one.
    workflows: [
      { ...workflow, steps: isMock ? steps.map(withMockResponse) : steps },
      ...others.map((other) => ({ ...other, steps: withPaths(other.steps) })),
    ],
  };
}

/** Redocly takes the first part of an operationId with a dot for the name of a source, so each step names a path. */
function withPath(step: ArazzoStep, source: string): ArazzoStep {
  const { operationId, ...rest } = step;
  const operation = operationId === undefined ? undefined : operationOf(step);
  if (!operation) return step;
  const pointer = appendPointer(appendPointer("#/paths", operation.path), operation.method.toLowerCase());
  return { ...rest, operationPath: `{$sourceDescriptions.${source}.url}${pointer}` };
}

function withMockResponse(step: ArazzoStep & { readonly parameters?: readonly object[] }): object {
  const value = step["x-mock-response"];
  if (value === undefined) return step;
  return { ...step, parameters: [...(step.parameters ?? []), { name: "Prefer", in: "header", value }] };
}
