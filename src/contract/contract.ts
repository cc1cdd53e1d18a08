import document from "../../generated/openapi.json" with { type: "json" };
import { type Operation, OperationBook } from "../openapi/openapi-document.ts";
import { checkParameters } from "./check-parameters.ts";
import { checkRequestBody } from "./check-request-body.ts";
import { checkAnswer } from "./check-response.ts";
import { type Coverage, CoverageBook } from "./coverage.ts";
import { withoutSecrets } from "./format-value.ts";
import { Inspection } from "./inspection.ts";
import type { RequestMessage, ResponseMessage } from "./message.ts";
import { type Route, Router } from "./route.ts";
import { type Side, type Violation, violationOf } from "./violation.ts";

/** How a contract is made. Everything has a default. */
export interface ContractOptions {
  /**
   * The OpenAPI 3.1 document to hold everything to, in one piece.
   *
   * @default Angelcam's document, `angelcam-client/openapi.json`.
   */
  readonly document?: object;
  /**
   * Where the API is, if not on the servers of the document: a mock, a sandbox, a proxy. It may have a path of its own.
   * With it, a request to any other place is a violation; without it, the host does not matter.
   */
  readonly baseUrl?: string;
  /** What other runs have exercised; the coverage goes on from there. */
  readonly coverage?: Coverage | readonly Coverage[];
  /** Called for each violation, warnings included. */
  readonly onViolation?: (violation: Violation) => void;
}

/** The document as a judge of requests and answers, however they travel. */
export interface Contract {
  /** Everything that was found so far, warnings included. */
  readonly violations: readonly Violation[];
  /** How many requests were checked. */
  readonly requests: number;
  /** How many answers were checked. */
  readonly answers: number;
  /** Checks a request and its answer. Gives what it found, and keeps it in `violations`. */
  check(request: RequestMessage, response: ResponseMessage): Violation[];
  /** Checks a request alone. */
  checkRequest(request: RequestMessage): Violation[];
  /** Checks an answer alone; the request tells what it answers, and what is secret. */
  checkResponse(request: RequestMessage, response: ResponseMessage): Violation[];
  /** What of the document was exercised so far. */
  coverage(): Coverage;
}

/**
 * Makes a contract: the document, ready to check what travels between any client and any server.
 *
 * @throws TypeError for an option that makes no sense.
 * @example
 * ```ts
 * const contract = createContract();
 * const found = contract.checkRequest({ method: "GET", url: "https://api.angelcam.com/v1/cameras/?limt=5", headers });
 * console.log(found[0]?.message);
 * // cameras.list request, query limt: is not in the document, got "5". Did you mean "limit"?
 * ```
 */
export function createContract(options: ContractOptions = {}): Contract {
  return new DocumentContract(options);
}

class DocumentContract implements Contract {
  readonly violations: Violation[] = [];
  requests = 0;
  answers = 0;
  readonly #book: OperationBook;
  readonly #router: Router;
  readonly #coverage: CoverageBook;
  readonly #onViolation: ((violation: Violation) => void) | undefined;

  constructor(options: ContractOptions) {
    const earlier = options.coverage ?? [];
    this.#book = new OperationBook(options.document ?? document);
    this.#router = new Router(this.#book, options.baseUrl);
    this.#coverage = new CoverageBook(this.#book, Array.isArray(earlier) ? earlier : [earlier as Coverage]);
    this.#onViolation = options.onViolation;
  }

  check(request: RequestMessage, response: ResponseMessage): Violation[] {
    return [...this.checkRequest(request), ...this.checkResponse(request, response)];
  }

  checkRequest(request: RequestMessage): Violation[] {
    this.requests++;
    const method = request.method.toUpperCase();
    const headers = new Headers(request.headers);
    const url = new URL(request.url);
    const inspection = this.#inspection("request", headers);
    const route = this.#router.find(method, url, inspection);
    if (route) {
      const { operation } = route;
      this.#coverage.add("operations", [operation.id]);
      this.#coverage.add("parameters", checkParameters(route, url, headers, inspection));
      checkCredential(operation, headers, inspection);
      checkRequestBody(operation, headers, request.bodyText ?? "", inspection);
      this.#coverage.add("fields", inspection.seen);
    }
    return this.#conclude(inspection, method, route);
  }

  checkResponse(request: RequestMessage, response: ResponseMessage): Violation[] {
    this.answers++;
    const method = request.method.toUpperCase();
    const route = this.#router.find(method, new URL(request.url));
    // A request that goes nowhere is the violation; whatever answers it is not in the document.
    if (!route) return [];
    const inspection = this.#inspection("answer", new Headers(request.headers));
    const status = checkAnswer(route.operation, response, inspection);
    if (status !== undefined) this.#coverage.add("answers", [`${route.operation.id} ${status}`]);
    this.#coverage.add("properties", inspection.seen);
    // An answer may repeat what it was sent.
    if (inspection.findings.length > 0) this.#gatherSecrets(route, request, inspection);
    return this.#conclude(inspection, method, route, response.status);
  }

  coverage(): Coverage {
    return this.#coverage.coverage;
  }

  #inspection(side: Side, headers: Headers): Inspection {
    const inspection = new Inspection(side, this.#book);
    const authorization = headers.get("Authorization");
    if (authorization) inspection.secrets.add(authorization.split(" ").at(-1) ?? "");
    return inspection;
  }

  #gatherSecrets(route: Route, request: RequestMessage, into: Inspection): void {
    const headers = new Headers(request.headers);
    const inspection = new Inspection("request", this.#book);
    checkParameters(route, new URL(request.url), headers, inspection);
    checkRequestBody(route.operation, headers, request.bodyText ?? "", inspection);
    for (const secret of inspection.secrets) into.secrets.add(secret);
  }

  #conclude(
    { side, findings, secrets }: Inspection,
    method: string,
    route: Route | undefined,
    status?: number,
  ): Violation[] {
    const { operation } = route ?? {};
    const circumstances = { side, operationId: operation?.id, method, path: operation?.path, status };
    const violations = findings.map((finding) => {
      const { value, pointer, message, ...rest } = violationOf(finding, circumstances);
      const safe = (text: string) => withoutSecrets(text, secrets);
      return {
        ...rest,
        pointer: safe(pointer),
        value: value === undefined ? undefined : safe(value),
        message: safe(message),
      };
    });
    this.violations.push(...violations);
    for (const violation of violations) this.#onViolation?.(violation);
    return violations;
  }
}

function checkCredential({ credentialHeaders }: Operation, headers: Headers, inspection: Inspection): void {
  if (credentialHeaders.length === 0 || credentialHeaders.some((name) => headers.get(name))) return;
  const pointer = credentialHeaders.join(" or ");
  inspection.note({ kind: "credential", in: "header", pointer, text: "is missing: the operation wants a token" });
}
