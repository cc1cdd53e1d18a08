import { isDeepStrictEqual } from "node:util";
import {
  bodiesOf,
  document,
  emptyResponsesOf,
  exampleOf,
  parametersOf,
  preferring,
  responsesOf,
} from "../client/documented-operations.ts";
import type { DocumentedOperation, Parameter } from "../spec/document.ts";
import { valuesOf } from "../spec/examples.ts";

/** A call to make: its arguments, all of them taken from the document, and the response to request from the mock. */
export interface PlannedCall {
  readonly place: DocumentedOperation;
  /** The purpose of this call, such as `with limit=5` or `responded 404 not_found`. */
  readonly purpose: string;
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, unknown>>;
  /** Undefined where nothing is to be sent. */
  readonly body: unknown;
  /** The response to request from the mock; any success by default. */
  readonly response: PlannedResponse | undefined;
}

/** One documented response. */
export interface PlannedResponse {
  readonly status: number;
  /** Name of its example, undefined for a response without a body. */
  readonly example: string | undefined;
  readonly value: unknown;
  /** The `Prefer` header that makes the mock give it. */
  readonly prefer: string;
}

/**
 * The calls that show everything the document says of an operation: each example of each parameter, each example of the
 * body, and each example of each response. Optional parameters go out one at a time, for some of them exclude each other.
 */
export function callsOf(place: DocumentedOperation): PlannedCall[] {
  const least = leastCall(place);
  const parameters = (["path", "query", "header"] as const).flatMap((where) => parametersOf(place, where));
  const withParameters = parameters.flatMap((parameter) =>
    valuesOf(document, parameter).map(([, value]) => withParameter(least, parameter, value)),
  );
  const withBodies = Object.entries(bodiesOf(place)).map(([name, body]) => ({
    ...least,
    body,
    purpose: `with the body ${name}`,
  }));
  const other = [...withParameters, ...withBodies].filter((call) => !asksTheSame(call, least));
  const responded = responsesTo(place).map((response) => ({
    ...least,
    response,
    purpose: `responded ${response.status} ${response.example ?? "without a body"}`,
  }));
  return [least, ...other, ...responded];
}

/** Only what is required. */
function leastCall(place: DocumentedOperation): PlannedCall {
  const required = (where: "path" | "query" | "header") =>
    Object.fromEntries(
      parametersOf(place, where)
        .filter((parameter) => parameter.required)
        .map((parameter) => [parameter.name, exampleOf(parameter)]),
    );
  const body = isBodyRequired(place) ? Object.values(bodiesOf(place))[0] : undefined;
  return {
    place,
    purpose: "with what is required",
    path: required("path"),
    query: required("query"),
    headers: required("header"),
    body,
    response: undefined,
  };
}

function isBodyRequired({ operation }: DocumentedOperation): boolean {
  return (operation.requestBody as { required?: boolean } | undefined)?.required === true;
}

/** Required parameters go out with every other call as well. */
function asksTheSame(one: PlannedCall, other: PlannedCall): boolean {
  const asked = ({ path, query, headers, body }: PlannedCall) => ({ path, query, headers, body });
  return isDeepStrictEqual(asked(one), asked(other));
}

function withParameter(call: PlannedCall, parameter: Parameter, value: unknown): PlannedCall {
  const part = { path: "path", query: "query", header: "headers" }[parameter.in] as "path" | "query" | "headers";
  return {
    ...call,
    [part]: { ...call[part], [parameter.name]: value },
    purpose: `with ${parameter.name}=${JSON.stringify(value)}`,
  };
}

function responsesTo(place: DocumentedOperation): PlannedResponse[] {
  const withBody = responsesOf(place).map(({ status, example, value }) => {
    const { Prefer: prefer = "" } = preferring({ status, example });
    return { status, example, value, prefer };
  });
  const empty = emptyResponsesOf(place).map(({ status }) => ({
    status,
    example: undefined,
    value: undefined,
    prefer: `code=${status}`,
  }));
  return [...withBody, ...empty];
}
