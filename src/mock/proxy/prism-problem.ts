import type { IncomingMessage } from "node:http";
import type { PrismResponse } from "./upstream.ts";
import type { MockRejection, Violation } from "./validation-error.ts";

/** An error response of Prism itself, which is in no document. */
export interface PrismProblem {
  /** Ends in Prism's code of the problem. Where Prism says 500, the code is in the title. */
  readonly type: string;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly validation?: readonly Violation[];
}

/** The error response of Prism, if it is one. */
export function problemOf({ headers, body }: PrismResponse): PrismProblem | undefined {
  if (!headers["content-type"]?.startsWith("application/problem+json")) return undefined;
  return JSON.parse(body.toString()) as PrismProblem;
}

/** Violations that Prism found and the contract did not: in a header of a documented response, or in a body. */
export function violationsOf({ headers }: PrismResponse, problem: PrismProblem | undefined): readonly Violation[] {
  const header = headers["sl-violations"];
  if (typeof header === "string") return JSON.parse(header) as Violation[];
  return (problem?.validation ?? []).map((one) => ({ ...one, location: ["request", ...one.location] }));
}

/** A response requested with `Prefer` that does not exist is a fault of that header, whatever status Prism returns. */
export function rejectionOfProblem(
  { status, title, detail, type }: PrismProblem,
  { headers }: IncomingMessage,
): MockRejection {
  const lines = detail.split("\n").map((line) => line.replace(/^[└─ ]+/, "").trimEnd());
  const message = lines.filter((line) => line !== "").join(": ");
  if (headers.prefer !== undefined && /#(NOT_FOUND|UNPROCESSABLE_ENTITY)/.test(type + title)) {
    return { status: 400, detail: { Prefer: [message] } };
  }
  return { status, detail: `${title}. ${message}` };
}
