// Node only: names a file.
import { fileURLToPath } from "node:url";
import type { Planned } from "./plan.ts";
import type { ArazzoStep } from "./read-workflows.ts";

/** Also in the package, the document lies there. */
const DOCUMENT = fileURLToPath(new URL("../../generated/openapi.json", import.meta.url));

/**
 * The Arazzo document of one workflow, ready for redocly: with our document, without the steps that are left out, and for
 * the mock with what it is told to answer.
 */
export function runnable({ journey, leftOut }: Planned, isMock: boolean): object {
  const { arazzo, workflow } = journey;
  const steps = workflow.steps.filter(({ stepId }) => !leftOut.has(stepId));
  const others = arazzo.workflows.filter(({ workflowId }) => workflowId !== workflow.workflowId);
  return {
    ...arazzo,
    sourceDescriptions: arazzo.sourceDescriptions.map((source) => ({ ...source, url: DOCUMENT })),
    // The others of the file stay, for a step can call one.
    workflows: [{ ...workflow, steps: isMock ? steps.map(withMockAnswer) : steps }, ...others],
  };
}

function withMockAnswer(step: ArazzoStep & { readonly parameters?: readonly object[] }): object {
  const answer = step["x-mock-answer"];
  if (answer === undefined) return step;
  return { ...step, parameters: [...(step.parameters ?? []), { name: "Prefer", in: "header", value: answer }] };
}
