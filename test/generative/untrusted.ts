import { AngelcamError } from "../../src/index.ts";

/** Something that reads a response which may hold anything. */
export interface Case {
  /** The reader of the input, and the fault of the input. */
  readonly name: string;
  /** The operations one of which an error must name; none where the error names no operation. */
  readonly operations?: readonly string[];
  readonly run: () => Promise<unknown>;
}

/** The longest message of an error: texts of a server are cut. */
const LONGEST_MESSAGE = 3000;

/** Runs cases, and reports what each did wrong: data and typed errors are right, all else is a fault. */
export async function faultsOf(cases: Iterable<Case>): Promise<{ count: number; errors: number; faults: string[] }> {
  const faults: string[] = [];
  let [count, errors] = [0, 0];
  for (const { name, operations, run } of cases) {
    count++;
    try {
      await run();
    } catch (error) {
      errors++;
      const fault = faultIn(error, operations);
      if (fault) faults.push(`${name}: ${fault}`);
    }
  }
  return { count, errors, faults };
}

function faultIn(error: unknown, operations: readonly string[] | undefined): string | undefined {
  if (!(error instanceof AngelcamError)) return `a bare ${error instanceof Error ? error.stack : String(error)}`;
  if (error.message.length > LONGEST_MESSAGE) return `a message of ${error.message.length} characters`;
  try {
    JSON.stringify(error);
  } catch (reason) {
    return `an error that cannot be written as JSON: ${reason}`;
  }
  if (!operations) return undefined;
  if (error.operationId === undefined || !operations.includes(error.operationId)) {
    // A clip or a search that has failed is an outcome, not a response that cannot be read.
    if (["clip_failed", "stream_detection_failed", "stream_format_unavailable", "timeout"].includes(error.code))
      return undefined;
    return `operationId is ${error.operationId}, not one of ${operations.join(", ")}: ${error.message}`;
  }
  return error.message.startsWith(error.operationId)
    ? undefined
    : `the message does not name the operation: ${error.message}`;
}

/** A JSON response with this text. */
export function respond(text: string, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(text, { status, headers: { "Content-Type": "application/json", ...headers } });
}
