import type { Exchange } from "./exchange.ts";
import { faultsOf, type StepReport } from "./report.ts";

/** The name of the step for requests that the document does not have. */
const UNKNOWN = "unknown operation";

/** A step for each operation that was called: every response that was checked counts. */
export function stepsByOperation(exchanges: readonly Exchange[], strict: boolean): StepReport[] {
  const groups = new Map<string, Exchange[]>();
  for (const exchange of exchanges) {
    const name = exchange.operationId ?? UNKNOWN;
    groups.set(name, [...(groups.get(name) ?? []), exchange]);
  }
  return [...groups].map(([name, group]) => {
    const violations = group.flatMap((exchange) => exchange.violations);
    const { faults, warnings } = faultsOf(violations, strict);
    const problems = new Set(group.flatMap(({ problem }) => problem ?? []));
    return {
      name,
      operationId: group[0]?.operationId,
      status: group.at(-1)?.status,
      seconds: group.reduce((total, { duration }) => total + duration, 0) / 1000,
      requests: group.length,
      checks: group.filter(({ response, operationId }) => response && operationId).length,
      faults: [...problems, ...faults],
      warnings,
      violations,
    };
  });
}
