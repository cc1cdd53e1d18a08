import type { Report, StepReport, WorkflowReport } from "./report.ts";

/** GitHub shows ten errors and ten warnings of a step; more would only hide other lines of the log. */
const MOST = 10;

/** The commands with which GitHub Actions shows failures and warnings beside a run. */
export function annotationsOf({ faults, workflows, problem }: Report): string[] {
  const errors = [
    ...(problem === undefined ? [] : [annotation("error", "angelcam-contract", problem)]),
    ...faults.map((fault) => annotation("error", "angelcam-contract", fault)),
    ...workflows.flatMap((workflow) => [
      ...workflow.faults.map((fault) => annotation("error", workflow.name, fault)),
      ...workflow.steps.flatMap((step) =>
        step.faults.map((fault) => annotation("error", titleOf(workflow, step), fault)),
      ),
    ]),
  ];
  const warnings = workflows.flatMap((workflow) =>
    workflow.steps.flatMap((step) => step.warnings.map((line) => annotation("warning", titleOf(workflow, step), line))),
  );
  return [...errors.slice(0, MOST), ...warnings.slice(0, MOST)];
}

function titleOf(workflow: WorkflowReport, step: StepReport): string {
  return [workflow.name, step.name, step.operationId].filter((part) => part !== undefined).join(" ");
}

function annotation(level: "error" | "warning", title: string, message: string): string {
  return `::${level} title=${escapeProperty(title)}::${escapeData(message)}`;
}

/** As the toolkit of GitHub escapes the text of a command. */
function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
