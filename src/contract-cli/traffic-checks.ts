import { isUtf8 } from "node:buffer";
import { isJson, mediaTypeOf, readJson } from "../contract/body.ts";
import { formatValue } from "../contract/format-value.ts";
import { type Issue, type Violation, violationOf } from "../contract/violation.ts";
import type { OpenApiOperation } from "../openapi/operation.ts";
import { isServerOrigin } from "../openapi/router.ts";
import type { ReceivedResponse } from "./exchange.ts";
import { ListChecks } from "./list-checks.ts";
import { LONGEST_WAIT, secondsOfDetail, secondsOfHeader } from "./requested-wait.ts";
import type { Target } from "./target.ts";

/** A response and its request, as far as they are checked here. */
export interface Traffic {
  readonly operation: OpenApiOperation;
  readonly method: string;
  /** Where the request went. */
  readonly url: URL;
  /** Path parameters, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly response: ReceivedResponse;
  /** Milliseconds that the response took. */
  readonly duration: number;
}

/** Checks that no schema can express: lists against their requests, items against their ids, 429s, and time. */
export class TrafficChecks {
  readonly #target: Target;
  readonly #maxResponseTime: number;
  readonly #lists = new ListChecks();

  /** @param maxResponseTime Seconds. */
  constructor(target: Target, maxResponseTime: number) {
    this.#target = target;
    this.#maxResponseTime = maxResponseTime;
  }

  /** The violations of a response. */
  check(traffic: Traffic): Violation[] {
    const { operation, method, response } = traffic;
    const { status } = response;
    if (method !== "GET") this.#lists.forget();
    const issues = [
      ...[...this.#timeIssues(traffic), ...retryIssues(response), ...encodingIssues(response)],
      ...this.#contentIssues(traffic),
    ];
    const context = { side: "response" as const, operationId: operation.id, method, path: operation.path, status };
    return issues.map((issue) => violationOf(issue, context));
  }

  #timeIssues({ duration }: Traffic): Issue[] {
    if (duration <= this.#maxResponseTime * 1000) return [];
    const text = `took longer than ${this.#maxResponseTime} s (see --max-response-time)`;
    return [{ kind: "slow", in: "status", pointer: "", text, value: `${(duration / 1000).toFixed(1)} s` }];
  }

  /** A mock returns the examples of the document, which belong to no request. */
  #contentIssues({ operation, url, parameters, response }: Traffic): Issue[] {
    if (this.#target.isMock || response.status !== 200 || response.bodyText === undefined) return [];
    const read = readJson(response.bodyText);
    if ("problem" in read) return [];
    if ("x-pagination" in operation.extensions) {
      const isOwnOrigin = (origin: string) =>
        origin === url.origin ||
        (this.#target.isAngelcam && operation.servers.some((server) => isServerOrigin(server, origin)));
      return this.#lists.check({ url, body: read.value, isOwnOrigin });
    }
    return identityIssues(operation, parameters, read.value);
  }
}

/** `GET /v1/cameras/7/` must not return camera 8. */
function identityIssues({ path }: OpenApiOperation, parameters: Traffic["parameters"], body: unknown): Issue[] {
  const name = path.match(/\{(\w+_id)\}\/?$/)?.[1];
  const requested = name === undefined ? undefined : parameters[name];
  const id = typeof body === "object" && body !== null ? (body as { readonly id?: unknown }).id : undefined;
  if (requested === undefined || (typeof id !== "string" && typeof id !== "number")) return [];
  if (String(id).toLowerCase() === requested.toLowerCase()) return [];
  const text = `must be the ${name} of the request, ${formatValue(requested)}`;
  return [{ kind: "identity", in: "body", pointer: "/id", text, value: formatValue(id) }];
}

/** JSON is UTF-8 without a mark (RFC 8259, section 8.1). Node replaces other bytes and drops the mark; other programs stop there. */
function encodingIssues({ headers, body }: ReceivedResponse): Issue[] {
  if (!isJson(mediaTypeOf(headers) ?? "")) return [];
  const issue = (text: string): Issue => ({ kind: "unreadable", in: "body", pointer: "", text });
  if (!isUtf8(body)) return [issue("is not UTF-8")];
  return Buffer.from(body.subarray(0, 3)).toString("hex") === "efbbbf" ? [issue("begins with a byte order mark")] : [];
}

/** A 429 says how long to wait: in `Retry-After`, or in the text of its `detail`. */
function retryIssues({ status, headers, bodyText = "" }: ReceivedResponse): Issue[] {
  if (status !== 429) return [];
  const header = headers.get("Retry-After");
  const location = { kind: "retry_after", in: "header", pointer: "Retry-After" } as const;
  if (header === null) {
    if (secondsOfDetail(bodyText) !== undefined) return [];
    return [{ ...location, text: "is missing, and detail does not say how long to wait either" }];
  }
  const seconds = secondsOfHeader(header, Date.now());
  if (seconds !== undefined && seconds <= LONGEST_WAIT) return [];
  const text = `must be a number of seconds up to ${LONGEST_WAIT}, or an HTTP date`;
  return [{ ...location, text, value: formatValue(header) }];
}
