export { type Contract, type ContractOptions, createContract } from "./contract.ts";
export { ContractError } from "./contract-error.ts";
export type { Coverage, CoverageCount, CoverageKind } from "./coverage.ts";
export { formatCoverage } from "./format-coverage.ts";
export { formatReport } from "./format-report.ts";
export { type ContractMatchers, type CoverageGoal, contractMatchers, type MatcherResult } from "./matchers.ts";
export type { RequestMessage, ResponseMessage } from "./message.ts";
export type { MessagePart, Severity, Side, Violation, ViolationKind } from "./violation.ts";
export { type ContractFetch, type WithContractOptions, withContract } from "./with-contract.ts";
