import { isDeepStrictEqual } from "node:util";
import { AngelcamError } from "../../src/index.ts";
import { responsesOf } from "../client/documented-operations.ts";
import { type Exchange, isOpenedInBrowser } from "./carry-out.ts";

/** Where a call did not give the response that the document shows; nothing when all is well. */
export function responseFaults(exchange: Exchange): string[] {
  const { planned, status } = exchange;
  const due = planned.response?.status;
  if (due !== undefined && status !== due) return [`the mock responded ${status} instead of ${due}`];
  if (due === undefined && !isFine(exchange)) return [`the mock responded ${status}, and nothing was wrong`];
  if (isOpenedInBrowser(planned.place)) return [];
  return status < 300 ? dataFaults(exchange) : errorFaults(exchange);
}

function isFine({ planned, status }: Exchange): boolean {
  const { responses } = planned.place.operation;
  return isOpenedInBrowser(planned.place) ? status === 302 : status < 300 && String(status) in responses;
}

function dataFaults({ planned, data, error, status }: Exchange): string[] {
  if (error) return [`it threw ${error}`];
  const { place, response } = planned;
  const examples = responsesOf(place).filter((one) => one.status === status);
  const due = response ? [response.value] : examples.length > 0 ? examples.map(({ value }) => value) : [undefined];
  // A page of a list can do more than the response, but holds the same.
  const plain = data !== null && typeof data === "object" && !Array.isArray(data) ? { ...data } : data;
  if (due.some((value) => isDeepStrictEqual(plain, value))) return [];
  return [`it gave ${JSON.stringify(plain)}, and the document shows ${JSON.stringify(due)}`];
}

function errorFaults({ planned, error, status }: Exchange): string[] {
  const { operation, method, path } = planned.place;
  if (!(error instanceof AngelcamError)) return [`it threw no AngelcamError, but ${error}`];
  if (error.code === "unexpected_response") return [`it did not know the response: ${error.message}`];
  const actual = [error.operationId, error.method, error.path, error.status];
  const due = [operation.operationId, method, path, status];
  return isDeepStrictEqual(actual, due) ? [] : [`the error has ${actual.join(" ")}, and the call was ${due.join(" ")}`];
}
