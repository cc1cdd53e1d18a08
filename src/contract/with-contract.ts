import { type Contract, type ContractOptions, createContract } from "./contract.ts";
import { ContractError } from "./contract-error.ts";
import { readRequest, readResponse } from "./read-message.ts";
import type { Violation } from "./violation.ts";

/** What {@link withContract} does with a violation, and the options of the contract that it makes. */
export interface WithContractOptions extends ContractOptions {
  /**
   * `throw`: a request that breaks the contract is not sent, and an answer that breaks it is not given back; both are a
   * {@link ContractError}. `report`: nothing is stopped, and `fetch.contract` holds what was found. Warnings stop nothing.
   *
   * @default "throw"
   */
  readonly mode?: "throw" | "report";
  /** A contract to use, in place of one of its own: so that several clients share coverage and violations. */
  readonly contract?: Contract;
}

/** A `fetch` that is watched. */
export type ContractFetch = typeof globalThis.fetch & {
  /** Holds the violations and the coverage. */
  readonly contract: Contract;
};

/**
 * Watches a `fetch`: holds every request and every answer to the OpenAPI document. The caller gets the answer untouched
 * and can read its body as ever.
 *
 * @throws TypeError for an option that makes no sense. The `fetch` that it gives back rejects with a ContractError in
 *   mode `throw`.
 * @example
 * ```ts
 * const fetch = withContract(globalThis.fetch, { mode: "report" });
 * const angelcam = new Angelcam({ auth, baseUrl: "http://127.0.0.1:4010", fetch });
 * await angelcam.cameras.list({ limit: 5 });
 * console.log(formatReport(fetch.contract));
 * ```
 */
export function withContract(fetch: typeof globalThis.fetch, options: WithContractOptions = {}): ContractFetch {
  const { mode = "throw", contract = createContract(options) } = options;
  const ignored = (["document", "baseUrl", "coverage", "onViolation"] as const).filter((name) => options[name]);
  if (options.contract && ignored.length > 0) {
    throw new TypeError(
      `withContract: a contract of your own has its options already; give ${ignored[0]} to createContract`,
    );
  }
  if (mode !== "throw" && mode !== "report") {
    throw new TypeError(`withContract: mode must be "throw" or "report", got "${mode}"`);
  }
  const judge = (violations: readonly Violation[]) => {
    const errors = violations.filter(({ severity }) => severity === "error");
    if (mode === "throw" && errors.length > 0) throw new ContractError(errors);
  };
  const watched = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const { message, send } = await readRequest(input, init);
    judge(contract.checkRequest(message));
    const response = await fetch(...send);
    const answer = await readResponse(response);
    if (answer) judge(contract.checkResponse(message, answer));
    return response;
  };
  return Object.assign(watched, { contract });
}
