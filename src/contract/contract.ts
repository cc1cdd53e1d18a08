import { checkOptionNames } from "../base/check-names.ts";
import { angelcamDocument } from "../openapi/angelcam-document.ts";
import { OpenApiDocument } from "../openapi/openapi-document.ts";
import type { OpenApiOperation } from "../openapi/operation.ts";
import { type Route, Router } from "../openapi/router.ts";
import { checkParameters } from "./check-parameters.ts";
import { checkRequestBody } from "./check-request-body.ts";
import { checkResponse } from "./check-response.ts";
import { issueOfRoute } from "./check-route.ts";
import { type Coverage, CoverageRegistry } from "./coverage.ts";
import { withoutSecrets } from "./format-value.ts";
import { Inspection } from "./inspection.ts";
import type { RequestMessage, ResponseMessage } from "./message.ts";
import { type Side, type Violation, violationOf } from "./violation.ts";

/** Names of the options of {@link createContract}. */
export const contractOptionNames = [
  "document",
  "baseUrl",
  "coverage",
  "onViolation",
] as const satisfies (keyof ContractOptions)[];

/** Options of {@link createContract}. Each has a default. */
export interface ContractOptions {
  /**
   * The OpenAPI 3.1 document to check against, as JSON in one piece.
   *
   * @default Angelcam's document, `angelcam-client/openapi.json`.
   */
  readonly document?: object;
  /**
   * Address of the API, if not on the servers of the document: a mock, a sandbox, a proxy. It may have a path of its own.
   * A request to any other address is then a violation.
   *
   * @default The host of a request does not matter.
   */
  readonly baseUrl?: string;
  /**
   * Coverage of earlier runs with the same document; counting goes on from there.
   *
   * @default None.
   */
  readonly coverage?: Coverage | readonly Coverage[];
  /** Called for each violation, warnings included. */
  readonly onViolation?: (violation: Violation) => void;
}

/** Checks requests and responses against an OpenAPI document, however they travel. */
export interface Contract {
  /** Every violation so far, warnings included. */
  readonly violations: readonly Violation[];
  /** The number of requests that were checked. */
  readonly requests: number;
  /** The number of responses that were checked. */
  readonly responses: number;
  /** Checks a request and its response. Returns their violations, and keeps them in `violations`. */
  check(request: RequestMessage, response: ResponseMessage): Violation[];
  /** Checks a request alone. */
  checkRequest(request: RequestMessage): Violation[];
  /** Checks a response alone; its request says which operation it belongs to, and what is secret. */
  checkResponse(request: RequestMessage, response: ResponseMessage): Violation[];
  /** The part of the document that was exercised so far. */
  coverage(): Coverage;
}

/**
 * Makes a contract: the document, ready to check what travels between any client and any server.
 *
 * @throws TypeError for an invalid option, or a document without operations.
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
  responses = 0;
  readonly #document: OpenApiDocument;
  readonly #router: Router;
  readonly #coverage: CoverageRegistry;
  readonly #onViolation: ((violation: Violation) => void) | undefined;

  constructor(options: ContractOptions) {
    checkOptionNames("createContract", options, contractOptionNames);
    const earlier = options.coverage ?? [];
    this.#document = options.document ? new OpenApiDocument(options.document) : angelcamDocument();
    this.#router = new Router(this.#document, options.baseUrl);
    this.#coverage = new CoverageRegistry(this.#document, Array.isArray(earlier) ? earlier : [earlier as Coverage]);
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
    const { route, problem } = this.#router.find(method, url);
    if (problem) inspection.note(issueOfRoute(problem, method, url));
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
    this.responses++;
    const method = request.method.toUpperCase();
    const { route } = this.#router.find(method, new URL(request.url));
    // Without an operation the request is the violation, and the document has no response for it.
    if (!route) return [];
    const inspection = this.#inspection("response", new Headers(request.headers));
    const status = checkResponse(route.operation, response, inspection);
    if (status !== undefined) this.#coverage.add("responses", [`${route.operation.id} ${status}`]);
    this.#coverage.add("properties", inspection.seen);
    // A response may contain the credentials of its request.
    if (inspection.issues.length > 0) this.#gatherSecrets(route, request, inspection);
    return this.#conclude(inspection, method, route, response.status);
  }

  coverage(): Coverage {
    return this.#coverage.coverage;
  }

  #inspection(side: Side, headers: Headers): Inspection {
    const inspection = new Inspection(side, this.#document);
    const authorization = headers.get("Authorization");
    if (authorization) inspection.secrets.add(authorization.split(" ").at(-1) ?? "");
    return inspection;
  }

  #gatherSecrets(route: Route, request: RequestMessage, into: Inspection): void {
    const headers = new Headers(request.headers);
    const inspection = new Inspection("request", this.#document);
    checkParameters(route, new URL(request.url), headers, inspection);
    checkRequestBody(route.operation, headers, request.bodyText ?? "", inspection);
    for (const secret of inspection.secrets) into.secrets.add(secret);
  }

  #conclude(
    { side, issues, secrets }: Inspection,
    method: string,
    route: Route | undefined,
    status?: number,
  ): Violation[] {
    const { operation } = route ?? {};
    const context = { side, operationId: operation?.id, method, path: operation?.path, status };
    const violations = issues.map((issue) => {
      const { value, pointer, message, ...rest } = violationOf(issue, context);
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

function checkCredential({ credentialHeaders }: OpenApiOperation, headers: Headers, inspection: Inspection): void {
  if (credentialHeaders.length === 0 || credentialHeaders.some((name) => headers.get(name))) return;
  const pointer = credentialHeaders.join(" or ");
  inspection.note({ kind: "credential", in: "header", pointer, text: "is missing: the operation needs a token" });
}
