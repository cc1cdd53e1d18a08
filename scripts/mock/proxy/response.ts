import type { IncomingMessage } from "node:http";
import { isPreflight, preflightHeaders } from "./cors.ts";
import { atOrigin, type ListPage, pageAt } from "./pages.ts";
import { type Address, readAddress } from "./read-address.ts";
import { type ReadBody, readBody } from "./read-body.ts";
import type { RuleBook, Rules } from "./rules.ts";
import { bodyViolations, queryViolations } from "./unknown-names.ts";
import type { PrismAnswer, Question, Upstream } from "./upstream.ts";
import {
  type Envelope,
  type Refusal,
  RefusedError,
  refusalBody,
  refusalHeaders,
  refuse,
  type Violation,
} from "./validation-error.ts";
import { refusalOf, withoutNoise } from "./violations.ts";

/** An answer, ready to be sent. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** Headers of Prism's answers that say something of the connection or of Prism. */
const HOP_HEADERS = /^(connection|keep-alive|transfer-encoding|content-length|date|vary|access-control-.*)$/;

/** Answers a request: refuses what is malformed or unknown, has Prism answer the rest, and makes its answers useful. */
export async function answer(request: IncomingMessage, book: RuleBook, upstream: Upstream): Promise<Answer> {
  let envelope: Envelope = "api";
  try {
    if (request.httpVersionMajor !== 1) refuse(400, `HTTP/${request.httpVersion} is not spoken here; HTTP/1.1 is.`);
    const address = readAddress(request.url ?? "", request.headers.host);
    const operations = book.at(address.pathname);
    envelope = operations.some((one) => one.envelope === "oauth") ? "oauth" : "api";
    const methods = operations.map(({ method }) => method);
    if (isPreflight(request)) return { status: 204, headers: preflightHeaders(request, methods), body: "" };
    const rules = operations.find(({ method }) => method === request.method);
    if (!rules) throw new RefusedError(operations.length > 0 ? notAllowed(request, methods) : notFound(book, address));
    return await answerOperation(request, address, rules, book, upstream);
  } catch (error) {
    if (error instanceof RefusedError) return refused(error.refusal, envelope);
    throw error;
  }
}

/** A refusal as an answer. */
export function refused(refusal: Refusal, envelope: Envelope): Answer {
  return {
    status: refusal.status,
    headers: { ...refusalHeaders(refusal), "Content-Type": "application/json" },
    body: JSON.stringify(refusalBody(refusal, envelope)),
  };
}

async function answerOperation(
  request: IncomingMessage,
  address: Address,
  rules: Rules,
  book: RuleBook,
  upstream: Upstream,
): Promise<Answer> {
  const body = await readBody(request, rules.body);
  const own = [...queryViolations(book.document, address.query, rules), ...bodyViolations(book.document, body, rules)];
  const prism = await upstream.ask(questionOf(request, address, rules, body));
  const problem = problemOf(prism);
  // Who has no token is told so first.
  if (prism.status !== 401) {
    const theirs = withoutNoise(book.document, violationsOf(prism, problem), body, rules);
    const violations = [...own, ...theirs];
    if (violations.length > 0) return refused(refusalOf(violations, rules), rules.envelope);
  }
  if (problem) return refused(refusalOfProblem(problem, request), rules.envelope);
  const headers = Object.fromEntries(
    Object.entries(prism.headers).flatMap(([name, value]) =>
      HOP_HEADERS.test(name) || value === undefined ? [] : [[name, String(value)]],
    ),
  );
  return { status: prism.status, headers, body: paged(prism, request, address, rules) };
}

/** Prism gets nothing but what has been read and found to be in order: it dies of the rest. */
function questionOf(request: IncomingMessage, address: Address, rules: Rules, body: ReadBody | undefined): Question {
  const declared = rules.parameters.filter((one) => one.in === "header").map(({ name }) => name.toLowerCase());
  const headers = ["authorization", "accept", "prefer", ...declared].flatMap((name) => {
    const value = request.headers[name];
    return value === undefined ? [] : [[name, String(value)]];
  });
  const known = new Set(rules.parameters.filter((one) => one.in === "query").map(({ name }) => name));
  const pairs = new Map(address.query.filter(({ name }) => known.has(name)).map(({ name, raw }) => [name, raw]));
  const text = rules.body && body && (body.kind === "json" ? JSON.stringify(body.value) : formOf(body));
  const type = body?.kind === "json" ? "application/json" : "application/x-www-form-urlencoded";
  return {
    method: rules.method,
    target: `${address.pathname}${pairs.size > 0 ? `?${[...pairs.values()].join("&")}` : ""}`,
    headers: { ...Object.fromEntries(headers), ...(text === undefined ? {} : { "content-type": type }) },
    body: text,
  };
}

function formOf({ value }: ReadBody): string {
  return new URLSearchParams(value as Record<string, string>).toString();
}

/** An answer of Prism's own making, which is in no document. */
interface PrismProblem {
  /** Ends in Prism's code of the problem. Where Prism says 500, the code stands in the title. */
  readonly type: string;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly validation?: readonly Violation[];
}

function problemOf({ headers, body }: PrismAnswer): PrismProblem | undefined {
  if (!headers["content-type"]?.startsWith("application/problem+json")) return undefined;
  return JSON.parse(body.toString()) as PrismProblem;
}

/** What Prism found wrong: in a header beside a documented answer, in the body of its own. */
function violationsOf({ headers }: PrismAnswer, problem: PrismProblem | undefined): readonly Violation[] {
  const header = headers["sl-violations"];
  if (typeof header === "string") return JSON.parse(header) as Violation[];
  return (problem?.validation ?? []).map((one) => ({ ...one, location: ["request", ...one.location] }));
}

/** An answer that was wished for and that there is not is the fault of the wish, whatever status Prism gives it. */
function refusalOfProblem({ status, title, detail, type }: PrismProblem, { headers }: IncomingMessage): Refusal {
  const message = detail.replaceAll(/\s*\n[└─ ]*/g, ": ");
  if (headers.prefer !== undefined && /#(NOT_FOUND|UNPROCESSABLE_ENTITY)/.test(type + title)) {
    return { status: 400, detail: new Map([["Prefer", [message]]]) };
  }
  return { status, detail: `${title}. ${message}` };
}

/** The page that was asked for in place of the example; a wished for example keeps all but the host of its links. */
function paged(prism: PrismAnswer, request: IncomingMessage, address: Address, { book }: Rules): string | Buffer {
  if (!book || prism.status !== 200) return prism.body;
  const example = JSON.parse(prism.body.toString()) as ListPage;
  if (request.headers.prefer !== undefined) {
    const { next, previous } = example;
    return JSON.stringify({
      ...example,
      next: atOrigin(next, address.origin),
      previous: atOrigin(previous, address.origin),
    });
  }
  const url = new URL(address.origin + address.pathname);
  url.search = address.query.map(({ raw }) => raw).join("&");
  return JSON.stringify({ ...example, ...pageAt(book, url) });
}

function notAllowed({ method }: IncomingMessage, methods: readonly string[]): Refusal {
  const detail = `Method "${method}" not allowed. This path takes ${methods.join(", ")}.`;
  return { status: 405, detail, headers: { Allow: methods.join(", ") } };
}

function notFound(book: RuleBook, { pathname }: Address): Refusal {
  const [withSlash] = pathname.endsWith("/") ? [] : book.at(`${pathname}/`);
  const hint = withSlash ? ` The path ends in a slash: ${withSlash.path}` : "";
  return { status: 404, detail: `The document has no such path.${hint}` };
}
