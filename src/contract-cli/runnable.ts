// Node only: names a file.
import { fileURLToPath } from "node:url";
import type { PlannedWorkflow } from "./plan.ts";
import type { ArazzoStep } from "./read-workflows.ts";

/** The same relative path in the package. */
const DOCUMENT = fileURLToPath(new URL("../../generated/openapi.json", import.meta.url));

/**
 * The Arazzo document of one workflow, ready for redocly: with our document, without the steps that are left out, and for
 * the mock with the response that it must return.
 */
export function runnable({ entry, leftOut }: PlannedWorkflow, isMock: boolean): object {
  const { arazzo, workflow } = entry;
  const steps = workflow.steps.filter(({ stepId }) => !leftOut.has(stepId));
  const others = arazzo.workflows.filter(({ workflowId }) => workflowId !== workflow.workflowId);
  return {
    ...arazzo,
    sourceDescriptions: arazzo.sourceDescriptions.map((source) => ({ ...source, url: DOCUMENT })),
    // The others of the file stay, for a step can call one.
    workflows: [{ ...workflow, steps: isMock ? steps.map(withMockResponse) : steps }, ...others],
  };
}

function withMockResponse(step: ArazzoStep & { readonly parameters?: readonly object[] }): object {
  const value = step["x-mock-response"];
  if (value === undefined) return step;
  return { ...step, parameters: [...(step.parameters ?? []), { name: "Prefer", in: "header", value }] };
}
