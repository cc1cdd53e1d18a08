import { AngelcamError } from "../errors/angelcam-error.ts";
import type { Violation } from "./violation.ts";

/**
 * A request or a response broke the contract. The message has one line for each violation, and no secret.
 *
 * @example
 * ```ts
 * try {
 *   await checkedFetch("https://api.angelcam.com/v1/cameras/?limt=5");
 * } catch (error) {
 *   if (error instanceof ContractError) console.error(error.violations.map(({ message }) => message));
 * }
 * ```
 */
export class ContractError extends AngelcamError {
  override readonly name: string = "ContractError";
  declare readonly code: "contract_violation";
  /** The violations, errors only. */
  readonly violations: readonly Violation[];

  /** @internal */
  constructor(violations: readonly Violation[]) {
    super(violations.map(({ message }) => message).join("\n"), {
      code: "contract_violation",
      retryable: false,
      operationId: violations[0]?.operationId,
    });
    this.violations = violations;
  }
}
