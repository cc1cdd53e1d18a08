import { checkOptionNames } from "../base/check-names.ts";
import type { Fetch } from "../base/fetch.ts";
import { type Contract, type ContractOptions, contractOptionNames, createContract } from "./contract.ts";
import { ContractError } from "./contract-error.ts";
import { readRequest, readResponse } from "./read-message.ts";
import type { Violation } from "./violation.ts";

/** Options of {@link withContract}: its own, and those of the contract that it makes. */
export interface WithContractOptions extends ContractOptions {
  /**
   * `throw`: a request that breaks the contract is not sent, and a response that breaks it is not returned; both reject
   * with a {@link ContractError}. `report`: everything passes, and `fetch.contract` holds the violations. Warnings never
   * throw.
   *
   * @default "throw"
   */
  readonly mode?: "throw" | "report";
  /** A contract to use instead of one of its own, so that several clients share coverage and violations. */
  readonly contract?: Contract;
}

/** A `fetch` whose requests and responses are checked. */
export type ContractFetch = typeof globalThis.fetch & {
  /** Holds the violations and the coverage. */
  readonly contract: Contract;
};

/**
 * Checks every request and every response of a `fetch` against the OpenAPI document. The caller gets the response
 * untouched, its body unread.
 *
 * @throws TypeError for an invalid option. The `fetch` that it returns rejects with a ContractError in mode `throw`.
 * @example
 * ```ts
 * const fetch = withContract(globalThis.fetch, { mode: "report" });
 * const angelcam = new Angelcam({ auth, baseUrl: "http://127.0.0.1:4010", fetch });
 * await angelcam.cameras.list({ limit: 5 });
 * console.log(formatReport(fetch.contract));
 * ```
 */
export function withContract(fetch: Fetch, options: WithContractOptions = {}): ContractFetch {
  checkOptionNames("withContract", options, ["mode", "contract", ...contractOptionNames]);
  const { mode = "throw", contract: given, ...contractOptions } = options;
  const contract = given ?? createContract(contractOptions);
  const ignored = contractOptionNames.filter((name) => options[name]);
  if (options.contract && ignored.length > 0) {
    throw new TypeError(
      `withContract: a contract of your own has its options already; give ${ignored[0]} to createContract`,
    );
  }
  if (mode !== "throw" && mode !== "report") {
    throw new TypeError(`withContract: mode must be "throw" or "report", got "${mode}"`);
  }
  const assertNone = (violations: readonly Violation[]) => {
    const errors = violations.filter(({ severity }) => severity === "error");
    if (mode === "throw" && errors.length > 0) throw new ContractError(errors);
  };
  const checked = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const { message, send } = await readRequest(input, init);
    assertNone(contract.checkRequest(message));
    const response = await fetch(...send);
    const copy = await readResponse(response);
    if (copy) assertNone(contract.checkResponse(message, copy));
    return response;
  };
  return Object.assign(checked, { contract });
}
