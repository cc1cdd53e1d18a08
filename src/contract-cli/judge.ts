import { resolvePointer } from "../base/json-pointer.ts";
import { readJson } from "../contract/body.ts";
import type { Exchange } from "./exchange.ts";
import type { ArazzoStep } from "./read-workflows.ts";
import type { RedoclyCheck, RedoclyStep } from "./redocly.ts";
import { faultsOf, type StepReport } from "./report.ts";

/** As redocly calls what a workflow itself says about the right response. */
const CRITERION = "success criteria check";

/** As redocly calls what kept it from going on; often it only follows from another failure. */
const UNEXPECTED = "unexpected error";

/** As redocly calls a response that it cannot read, such as JSON that is cut off. */
const UNREADABLE = "failed network request";

/**
 * Combines what redocly reports of each try of each step with what went over the wire meanwhile.
 *
 * @param tries In order, retries included.
 * @param exchanges In order. Redocly sends one request after the other, so each belongs to the try at its position.
 * @param strict Whether a warning fails a step.
 */
export function judge(
  tries: readonly RedoclyStep[],
  exchanges: readonly Exchange[],
  steps: readonly ArazzoStep[],
  strict = false,
): StepReport[] {
  const left = [...exchanges];
  const paired = tries.map((attempt) => ({ attempt, exchange: wasSent(attempt) ? left.shift() : undefined }));
  const reports: StepReport[] = [];
  for (let index = 0; index < paired.length; index++) {
    const name = paired[index]?.attempt.stepId ?? "";
    const retried = [];
    // A step that fails and comes again at once was retried: its last try decides.
    while (paired[index]?.attempt.stepId === name && !hasPassed(paired[index]?.attempt)) {
      if (paired[index + 1]?.attempt.stepId !== name) break;
      retried.push(paired[index++]);
    }
    const last = paired[index];
    if (!last) continue;
    const all = [...retried, last].flatMap((one) => one?.exchange ?? []);
    const step = steps.find(({ stepId }) => stepId === name);
    reports.push(judgeStep(last.attempt, all, step, strict));
  }
  return reports;
}

function judgeStep(
  attempt: RedoclyStep,
  exchanges: readonly Exchange[],
  step: ArazzoStep | undefined,
  strict: boolean,
): StepReport {
  const deliberate = step?.["x-deliberate"] ?? [];
  const last = exchanges.at(-1);
  const violations = exchanges
    .flatMap((exchange) => exchange.violations)
    .filter(({ side, kind }) => side === "response" || !deliberate.includes(kind));
  const { faults: broken, warnings } = faultsOf(violations, strict);
  const problems = exchanges.flatMap(({ problem }) => problem ?? []);
  const criteria = attempt.checks.filter(({ name }) => name === CRITERION);
  const skipped = last && skipReason(last, step);
  const unmet = skipped
    ? []
    : criteria.filter(counts).map(({ condition }) => `not met: ${condition}${responded(last)}`);
  const found = [...problems, ...broken, ...unmet];
  const faults = found.length > 0 || skipped ? found : otherFaults(attempt);
  if (criteria.length === 0 && faults.length === 0 && !skipped) {
    faults.push("checks nothing: it has no successCriteria, so any documented response would pass");
  }
  return {
    name: attempt.stepId,
    operationId: last?.operationId,
    status: last?.status,
    seconds: exchanges.reduce((total, { duration }) => total + duration, 0) / 1000,
    requests: exchanges.length,
    checks: skipped ? 0 : criteria.length,
    skipped,
    faults: [...new Set(faults)],
    warnings,
    violations,
  };
}

/** Redocly forgets the address of a request whose response it cannot read. */
function wasSent({ request, checks }: RedoclyStep): boolean {
  return Boolean(request.url) || checks.some(({ name }) => name === UNREADABLE);
}

/** Failures of redocly that are neither criteria nor violations. */
function otherFaults(attempt: RedoclyStep): string[] {
  const others = attempt.checks.filter(({ name }) => name !== CRITERION && name !== UNEXPECTED).filter(counts);
  if (others.length > 0) return others.map(({ name, message }) => `${name}: ${oneLine(message)}`);
  const unexpected = attempt.checks.filter(({ name }) => name === UNEXPECTED).filter(counts);
  return unexpected.map(({ message }) => oneLine(message));
}

/** Why a step has nothing to check on this server, by its `x-skip-when`. */
function skipReason({ status, response }: Exchange, step: ArazzoStep | undefined): string | undefined {
  const read = readJson(response?.bodyText ?? "");
  const body = "value" in read ? read.value : undefined;
  const matching = step?.["x-skip-when"]?.find((condition) => {
    if (condition.status !== status || body === undefined) return false;
    return condition.absent === undefined || resolvePointer(body, condition.absent) == null;
  });
  return matching?.reason;
}

function hasPassed(attempt: RedoclyStep | undefined): boolean {
  return attempt?.checks.every((check) => !counts(check)) ?? true;
}

/** True for a check that failed, and counts. */
function counts({ passed, severity }: RedoclyCheck): boolean {
  return !passed && severity === "error";
}

function responded(exchange: Exchange | undefined): string {
  return exchange?.status === undefined
    ? ""
    : ` (${exchange.operationId ?? exchange.method} returned ${exchange.status})`;
}

function oneLine(text = ""): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
