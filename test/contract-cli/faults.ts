import { type Change, inJson } from "./faulty-server.ts";

/** A server with one fault, and what the command reports of it. */
export interface Fault {
  readonly what: string;
  /** The request whose response is changed. */
  readonly request: string | RegExp;
  readonly change: Change;
  /** @default quick-start */
  readonly workflow?: string;
  readonly options?: readonly string[];
  /** The line of the output, behind the name of its step. */
  readonly line: string;
  /** The violation in the JSON report. */
  readonly violation: object;
}

const LIST = "GET /v1/cameras/?limit=5";
/** The request whose cameras a server may send again. */
export const FIRST_PAGE = "GET /v1/cameras/?limit=100&offset=0";
const SECOND_PAGE = "GET /v1/cameras/?limit=100&offset=100";

/** Cameras of the first page of the list, which the test notes for the server that sends them again. */
export const firstPage: { cameras: unknown } = { cameras: [] };

/** A change to the first camera of a list. */
function inCamera(change: (camera: Record<string, unknown>) => void): Change {
  return inJson(({ results }) => change((results as Record<string, unknown>[])[0] ?? {}));
}

/** A 429 that does not say how long to wait. */
function tooMany(headers: Record<string, string>): Change {
  return (response) => {
    const body = JSON.stringify({ title: "throttled", detail: "Request was throttled.", status: 429 });
    Object.assign(response, { status: 429, type: "application/json", body, headers });
  };
}

/** Each is in the guide, in this order: `faults-guide.test.ts` compares them. */
export const FAULTS: readonly Fault[] = [
  {
    what: "an id that is a text",
    request: "GET /v1/me/",
    change: inJson((account) => Object.assign(account, { id: "1234" })),
    line: 'read-account: me.get response 200, body /id: must be an integer, got "1234"',
    violation: { operationId: "me.get", status: 200, in: "body", pointer: "/id", kind: "type" },
  },
  {
    what: "an id that is no whole number",
    request: LIST,
    change: inCamera((camera) => Object.assign(camera, { id: 20311.5 })),
    line: "list-cameras: cameras.list response 200, body /results/0/id: must be an integer, got 20311.5",
    violation: { operationId: "cameras.list", pointer: "/results/0/id", kind: "type" },
  },
  {
    what: "a required field that is absent",
    request: LIST,
    change: inJson(({ results }) => {
      delete (results as { name?: string }[])[2]?.name;
    }),
    line: "list-cameras: cameras.list response 200, body /results/2/name: is missing",
    violation: { operationId: "cameras.list", in: "body", pointer: "/results/2/name", kind: "missing" },
  },
  {
    what: "null where the document has none",
    request: LIST,
    change: inCamera((camera) => Object.assign(camera, { name: null })),
    line: "list-cameras: cameras.list response 200, body /results/0/name: must be a text, got null",
    violation: { operationId: "cameras.list", pointer: "/results/0/name", kind: "type" },
  },
  {
    what: "a link that is no URI",
    request: LIST,
    change: inCamera((camera) => Object.assign(camera, { live_snapshot: "not a link" })),
    line: "list-cameras: cameras.list response 200, body /results/0/live_snapshot: must be of the format uri",
    violation: { operationId: "cameras.list", pointer: "/results/0/live_snapshot", kind: "format" },
  },
  {
    what: "a wrong enum value, with `--strict`",
    request: LIST,
    change: inCamera((camera) => Object.assign(camera, { status: "sleeping" })),
    options: ["--strict"],
    line: 'list-cameras: cameras.list response 200, body /results/0/status: must be one of "offline", "online", "unknown", got "sleeping"',
    violation: { operationId: "cameras.list", pointer: "/results/0/status", kind: "enum", severity: "warning" },
  },
  {
    what: "an unknown field, with `--strict`",
    request: "GET /v1/me/",
    change: inJson((account) => Object.assign(account, { shoe_size: 43 })),
    options: ["--strict"],
    line: "read-account: me.get response 200, body /shoe_size: is not in the document",
    violation: { operationId: "me.get", pointer: "/shoe_size", kind: "unknown", severity: "warning" },
  },
  {
    what: "a status that the document does not have",
    request: "GET /v1/me/",
    change: (response) => void Object.assign(response, { status: 500 }),
    line: "read-account: me.get response 500: the status is not in the document, got 500",
    violation: { operationId: "me.get", status: 500, in: "status", kind: "status" },
  },
  {
    what: "HTML instead of JSON",
    request: LIST,
    change: (response) => void Object.assign(response, { type: "text/html", body: "<h1>Hello</h1>", headers: {} }),
    line: "list-cameras: cameras.list response 200, header Content-Type: must be application/json, got text/html",
    violation: { operationId: "cameras.list", in: "header", kind: "content_type" },
  },
  {
    what: "a JSON body that is cut off",
    request: LIST,
    change: (response) => void Object.assign(response, { body: response.body.slice(0, 400), headers: {} }),
    line: "list-cameras: cameras.list response 200, body: is not JSON",
    violation: { operationId: "cameras.list", in: "body", kind: "unreadable" },
  },
  {
    what: "no body at all",
    request: LIST,
    change: (response) => void Object.assign(response, { body: "", headers: {} }),
    line: "list-cameras: cameras.list response 200, body: is empty",
    violation: { operationId: "cameras.list", in: "body", kind: "body" },
  },
  {
    what: "a list that is an object",
    request: LIST,
    change: inJson((page) => Object.assign(page, { results: {} })),
    line: "list-cameras: cameras.list response 200, body /results: must be a list, got an object",
    violation: { operationId: "cameras.list", pointer: "/results", kind: "type" },
  },
  {
    what: "a token that lacks its type",
    request: "POST /oauth/token/",
    change: inJson((tokens) => {
      delete tokens.token_type;
    }),
    line: "sign-in: oauth.createToken response 200, body /token_type: is missing",
    violation: { operationId: "oauth.createToken", in: "body", pointer: "/token_type", kind: "missing" },
  },
  {
    what: "a wrong token that is accepted",
    request: "GET /v1/me/",
    workflow: "wrong-token",
    change: (response) =>
      void Object.assign(response, { status: 200, body: JSON.stringify({ status: 401 }), headers: {} }),
    line: "wrong-token: me.get response 200, body /id: is missing",
    violation: { operationId: "me.get", pointer: "/id", kind: "missing" },
  },
  {
    what: "a limit that is ignored",
    request: LIST,
    change: inJson((page) => {
      const [first = {}] = page.results as object[];
      page.results = Array.from({ length: 9 }, (_, index) => ({ ...first, id: 700 + index }));
    }),
    line: "list-cameras: cameras.list response 200, body /results: has more items than the limit of 5 that was requested, got 9 items",
    violation: { operationId: "cameras.list", pointer: "/results", kind: "pagination" },
  },
  {
    what: "a next link to another host",
    request: LIST,
    change: inJson((page) =>
      Object.assign(page, { next: "https://api.angelcam.example/v1/cameras/?limit=5&offset=5" }),
    ),
    line: "list-cameras: cameras.list response 200, body /next: must not lead to another origin: a client would send its token there, got https://api.angelcam.example",
    violation: { operationId: "cameras.list", pointer: "/next", kind: "pagination" },
  },
  {
    what: "a next link with a user name in it",
    request: LIST,
    change: (response, _request, origin) =>
      inJson((page) => Object.assign(page, { next: `${origin.replace("//", "//me@")}/v1/cameras/?offset=5` }))(
        response,
      ),
    line: "list-cameras: cameras.list response 200, body /next: must not hold a user name or a password",
    violation: { operationId: "cameras.list", pointer: "/next", kind: "pagination" },
  },
  {
    what: "a count that is too small",
    request: LIST,
    change: inJson((page) => Object.assign(page, { count: 2 })),
    line: "list-cameras: cameras.list response 200, body /count: must be 5 or more, because as many items came, got 2",
    violation: { operationId: "cameras.list", pointer: "/count", kind: "pagination" },
  },
  {
    what: "a count that is too big for a list that ends",
    request: LIST,
    change: inJson((page) => Object.assign(page, { count: 9, next: null })),
    line: "list-cameras: cameras.list response 200, body /count: must be 5, because the list ends here (next is null), got 9",
    violation: { operationId: "cameras.list", pointer: "/count", kind: "pagination" },
  },
  {
    what: "the same camera twice in a page",
    request: LIST,
    change: inJson(({ results }) => {
      const cameras = results as object[];
      cameras[3] = cameras[1] ?? {};
    }),
    line: "list-cameras: cameras.list response 200, body /results/3/id: must not repeat /results/1/id",
    violation: { operationId: "cameras.list", pointer: "/results/3/id", kind: "pagination" },
  },
  {
    what: "a page that comes twice",
    request: SECOND_PAGE,
    workflow: "all-cameras",
    change: (response, _request, origin) =>
      inJson((page) => {
        page.results = firstPage.cameras;
        page.next = `${origin}/v1/cameras/?limit=100&offset=200`;
      })(response),
    line: "second-page: cameras.list response 200, body /results: has the same items as another page of the list",
    violation: { operationId: "cameras.list", pointer: "/results", kind: "pagination" },
  },
  {
    what: "a next link that leads back to its own page",
    request: FIRST_PAGE,
    workflow: "all-cameras",
    change: (response, _request, origin) =>
      inJson((page) => Object.assign(page, { next: `${origin}/v1/cameras/?offset=0&limit=100` }))(response),
    line: "first-page: cameras.list response 200, body /next: leads back to the same page",
    violation: { operationId: "cameras.list", pointer: "/next", kind: "pagination" },
  },
  {
    what: "an empty page although there is more",
    request: SECOND_PAGE,
    workflow: "all-cameras",
    change: inJson((page) => Object.assign(page, { results: [] })),
    line: "second-page: cameras.list response 200, body /results: is empty, although next says that there is more",
    violation: { operationId: "cameras.list", pointer: "/results", kind: "pagination" },
  },
  {
    what: "another clip than the one that was requested",
    request: /^GET \/v1\/cameras\/\d+\/clips\/[^/]+\/$/,
    workflow: "clip-life",
    options: ["--write"],
    change: inJson((clip) => Object.assign(clip, { id: "0b5ff7ad-0000-4000-8000-000000000000" })),
    line: "wait-until-ready: cameras.clips.get response 200, body /id: must be the clip_id of the request",
    violation: { operationId: "cameras.clips.get", pointer: "/id", kind: "identity" },
  },
  {
    what: "a response that takes too long",
    request: "GET /v1/me/",
    options: ["--max-response-time", "1"],
    change: () => new Promise((resolve) => setTimeout(resolve, 1_200)),
    line: "read-account: me.get response 200: took longer than 1 s (see --max-response-time), got ",
    violation: { operationId: "me.get", status: 200, kind: "slow" },
  },
  {
    what: "a 429 that does not say how long to wait",
    request: "GET /v1/me/",
    workflow: "too-many-requests",
    change: tooMany({}),
    line: "call-until-rejected: me.get response 429, header Retry-After: is missing, and detail does not say how long to wait either",
    violation: { operationId: "me.get", pointer: "Retry-After", kind: "retry_after" },
  },
  {
    what: "a Retry-After that is neither a number nor a date",
    request: "GET /v1/me/",
    workflow: "too-many-requests",
    change: tooMany({ "retry-after": "soon" }),
    line: 'call-until-rejected: me.get response 429, header Retry-After: must be a number of seconds up to 86400, or an HTTP date, got "soon"',
    violation: { operationId: "me.get", pointer: "Retry-After", kind: "retry_after" },
  },
  {
    what: "a redirect",
    request: "GET /v1/me/",
    change: (response, _request, origin) =>
      void Object.assign(response, { status: 302, headers: { location: `${origin}/v1/cameras/` } }),
    line: "read-account: me.get response 302: the status is not in the document, got 302",
    violation: { operationId: "me.get", status: 302, kind: "status" },
  },
];
