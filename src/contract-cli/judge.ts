import type { Exchange } from "./exchange.ts";
import type { ArazzoStep } from "./read-workflows.ts";
import type { RedoclyCheck, RedoclyStep } from "./redocly.ts";
import type { StepReport } from "./report.ts";

/** As redocly calls what a workflow itself says about the right answer. */
const CRITERION = "success criteria check";

/** As redocly calls what kept it from going on; often it only follows from another failure. */
const UNEXPECTED = "unexpected error";

/**
 * Puts together what redocly says of each try of each step and what went over the wire meanwhile.
 *
 * @param tries In order, with those that were repeated.
 * @param exchanges In order. Redocly sends one request after the other, so each belongs to the try at its place.
 */
export function judge(
  tries: readonly RedoclyStep[],
  exchanges: readonly Exchange[],
  steps: readonly ArazzoStep[],
): StepReport[] {
  const left = [...exchanges];
  const judged = tries.map((attempt) => ({ attempt, exchange: attempt.request.url ? left.shift() : undefined }));
  const reports: StepReport[] = [];
  for (let index = 0; index < judged.length; index++) {
    const name = judged[index]?.attempt.stepId ?? "";
    const repeated = [];
    // A step that fails and comes again at once was repeated: its last try decides.
    while (judged[index]?.attempt.stepId === name && !hasPassed(judged[index]?.attempt)) {
      if (judged[index + 1]?.attempt.stepId !== name) break;
      repeated.push(judged[index++]);
    }
    const last = judged[index];
    const all = [...repeated, last].flatMap((one) => one?.exchange ?? []);
    if (last)
      reports.push(
        judgeStep(
          last.attempt,
          all,
          steps.find(({ stepId }) => stepId === name),
        ),
      );
  }
  return reports;
}

function judgeStep(attempt: RedoclyStep, exchanges: readonly Exchange[], step: ArazzoStep | undefined): StepReport {
  const deliberate = step?.["x-deliberate"] ?? [];
  const last = exchanges.at(-1);
  const violations = exchanges
    .flatMap((exchange) => exchange.violations)
    .filter(({ side, kind }) => side === "answer" || !deliberate.includes(kind));
  const errors = violations.filter(({ severity }) => severity === "error").map(({ message }) => message);
  const problems = exchanges.flatMap(({ problem }) => problem ?? []);
  const criteria = attempt.checks.filter(({ name }) => name === CRITERION);
  const unmet = criteria.filter(counts).map(({ condition }) => `not met: ${condition}${answered(last)}`);
  const others = attempt.checks.filter(({ name }) => name !== CRITERION && name !== UNEXPECTED).filter(counts);
  const found = [...problems, ...errors, ...unmet];
  const faults = found.length > 0 ? found : others.map(({ name, message }) => `${name}: ${oneLine(message)}`);
  const unexpected = attempt.checks.filter(({ name }) => name === UNEXPECTED).filter(counts);
  if (faults.length === 0) faults.push(...unexpected.map(({ message }) => oneLine(message)));
  if (criteria.length === 0 && faults.length === 0) {
    faults.push("checks nothing: it has no successCriteria, so any documented answer would pass");
  }
  return {
    name: attempt.stepId,
    operationId: last?.operationId,
    status: last?.status,
    requests: exchanges.length,
    checks: criteria.length,
    faults: [...new Set(faults)],
    violations,
  };
}

function hasPassed(attempt: RedoclyStep | undefined): boolean {
  return attempt?.checks.every((check) => !counts(check)) ?? true;
}

/** True for a check that failed, and counts. */
function counts({ passed, severity }: RedoclyCheck): boolean {
  return !passed && severity === "error";
}

function answered(exchange: Exchange | undefined): string {
  return exchange?.status === undefined
    ? ""
    : ` (${exchange.operationId ?? exchange.method} answered ${exchange.status})`;
}

function oneLine(text = ""): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
