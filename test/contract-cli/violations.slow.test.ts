import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import { arazzoOf, PATIENCE, runCommand, step } from "./command.ts";
import { type Change, inJson, startFaultyServer } from "./faulty-server.ts";
import { type Element, elementsOf } from "./xml.ts";

interface Fault {
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
const FIRST_PAGE = "GET /v1/cameras/?limit=100&offset=0";
const SECOND_PAGE = "GET /v1/cameras/?limit=100&offset=100";

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

const FAULTS: readonly Fault[] = [
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
    what: "a wrong enum value, with --strict",
    request: LIST,
    change: inCamera((camera) => Object.assign(camera, { status: "sleeping" })),
    options: ["--strict"],
    line: 'list-cameras: cameras.list response 200, body /results/0/status: must be one of "offline", "online", "unknown", got "sleeping"',
    violation: { operationId: "cameras.list", pointer: "/results/0/status", kind: "enum", severity: "warning" },
  },
  {
    what: "an unknown field, with --strict",
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
        page.results = pageBefore;
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
    line: "ask-until-refused: me.get response 429, header Retry-After: is missing, and detail does not say how long to wait either",
    violation: { operationId: "me.get", pointer: "Retry-After", kind: "retry_after" },
  },
  {
    what: "a Retry-After that is neither a number nor a date",
    request: "GET /v1/me/",
    workflow: "too-many-requests",
    change: tooMany({ "retry-after": "soon" }),
    line: 'ask-until-refused: me.get response 429, header Retry-After: must be a number of seconds up to 86400, or an HTTP date, got "soon"',
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

/** Cameras of the first page of the list, for the server that sends them again. */
let pageBefore: unknown;

describe("a faulty server leads to exit code 1, and operation and field in every report:", () => {
  test.each(FAULTS)(
    "$what",
    async ({ request, change, workflow = "quick-start", options = [], line, violation }) => {
      let isProbe = true;
      await using server = await startFaultyServer(
        async (response, sent, origin) => {
          if (sent === FIRST_PAGE) pageBefore = JSON.parse(response.body).results;
          // The first request of all only finds out what the server is.
          const isMeant = typeof request === "string" ? sent === request : request.test(sent);
          if (isMeant && !isProbe) await change(response, sent, origin);
          isProbe = false;
        },
        { quota: false },
      );
      const { code, stdout, report, junit } = await runCommand([
        ...["--server", server.origin, "--workflow", workflow],
        ...options,
      ]);
      expect(code, stdout).toBe(1);
      expect(stdout).toContain(`        ${line}`);
      const violations = report?.workflows.flatMap(({ steps }) => steps.flatMap((one) => one.violations)) ?? [];
      expect(violations).toContainEqual(expect.objectContaining(violation));
      expect(report?.passed).toBe(false);
      const cases = elementsOf(junit)[0]?.children.flatMap((suite) => suite.children) ?? [];
      const failed = cases.filter(({ children }) => children.some(({ name }) => name === "failure"));
      expect(failed.map(textOf).join("\n")).toContain(line.replace(/^[\w-]+: /, ""));
      const { operationId } = violation as { operationId: string };
      expect(failed.flatMap(operationsOf)).toContain(operationId);
    },
    PATIENCE,
  );

  test(
    "only a warning for a new field, because a server may grow",
    async () => {
      await using server = await startFaultyServer((response, sent) => {
        if (sent === "GET /v1/me/" && response.status === 200) {
          inJson((account) => Object.assign(account, { shoe_size: 43 }))(response);
        }
      });
      const { code, stdout, junit } = await runCommand(["--server", server.origin, "--workflow", "quick-start"]);
      expect(code, stdout).toBe(0);
      expect(stdout).toMatch(/read-account: warning: me\.get response 200, body \/shoe_size: /);
      expect(junit).toContain('<property name="warning" value="me.get response 200, body /shoe_size: ');
    },
    PATIENCE,
  );
});

test(
  "a secret that a server sends back in the wrong place is in no output",
  async () => {
    let refreshToken = "";
    await using server = await startFaultyServer((response, sent) => {
      if (sent === "POST /oauth/token/") refreshToken = JSON.parse(response.body).refresh_token;
      const change = inJson(({ results }) => Object.assign((results as object[])[0] ?? {}, { status: refreshToken }));
      if (sent === "GET /v1/cameras/?limit=5") change(response);
    });
    const options = ["--server", server.origin, "--workflow", "quick-start"];
    const { stdout, stderr, json, junit } = await runCommand(options);
    expect(stdout).toMatch(/body \/results\/0\/status: .* got "\[secret\]"/);
    for (const text of [stdout, stderr, json, junit]) expect(text.includes(refreshToken)).toBe(false);
  },
  PATIENCE,
);

test(
  "a password that a server repeats in its error is in no output",
  async () => {
    await using server = await startFaultyServer((response, sent) => {
      if (sent !== "POST /oauth/token/") return;
      response.status = 400;
      inJson((body) => Object.assign(body, { error: "Correct-Horse-7" }))(response);
    });
    const environment = {
      ANGELCAM_CLIENT_ID: server.sandbox.client.clientId,
      ANGELCAM_USERNAME: server.sandbox.account.username,
      ANGELCAM_PASSWORD: "Correct-Horse-7",
    };
    const { code, stdout, stderr, json, junit } = await runCommand(["--server", server.origin], { environment });
    expect(code).toBe(1);
    expect(stdout).toContain("signing in gave no token: the server returned 400 [secret]");
    expect(stdout).toContain("signing in failed");
    for (const text of [stdout, stderr, json, junit]) expect(text.includes("Correct-Horse-7")).toBe(false);
  },
  PATIENCE,
);

test(
  "a token goes nowhere but to the server: a redirect is not followed",
  async () => {
    await using elsewhere = await startFaultyServer();
    await using server = await startFaultyServer((response, sent) => {
      if (sent === "GET /v1/me/")
        Object.assign(response, { status: 302, headers: { location: `${elsewhere.origin}/v1/me/` } });
    });
    const { code, stdout } = await runCommand(["--server", server.origin, "--workflow", "quick-start"]);
    expect(code, stdout).toBe(1);
    expect(elsewhere.requests).toEqual([]);
  },
  PATIENCE,
);

describe("a workflow that checks nothing fails:", () => {
  test(
    "one without success criteria, which any documented response would satisfy",
    async () => {
      await using server = await startFaultyServer();
      const arazzo = arazzoOf(
        step("GET /v1/me/", "parameters: [{ name: Authorization, in: header, value: Bearer none }]"),
      );
      const { code, stdout, report } = await runCommand(["--server", server.origin], { arazzo });
      expect(code).toBe(1);
      expect(stdout).toContain(
        "only: checks nothing: it has no successCriteria, so any documented response would pass",
      );
      expect(report).toMatchObject({ passed: false, checks: 0 });
      expect(stdout).toContain("Nothing was checked, which counts as a failure.");
    },
    PATIENCE,
  );

  test(
    "one whose steps redocly cannot run",
    async () => {
      await using server = await startFaultyServer();
      const arazzo = arazzoOf(step("GET /v1/nowhere/", "successCriteria: [{ condition: $statusCode == 404 }]"));
      const { code, report } = await runCommand(["--server", server.origin], { arazzo });
      expect(code).toBe(1);
      expect(report).toMatchObject({ passed: false, checks: 0 });
    },
    PATIENCE,
  );
});

test(
  "without --write a request that writes is rejected, named, and never sent",
  async () => {
    await using server = await startFaultyServer();
    const arazzo = arazzoOf(
      step(
        "POST /v1/cameras/",
        "requestBody: { payload: { name: X } }\nsuccessCriteria: [{ condition: $statusCode == 201 }]",
      ),
    );
    const { code, stdout } = await runCommand(["--server", server.origin], { arazzo });
    expect(code).toBe(1);
    expect(stdout).toContain(
      "only: cameras.create (POST /v1/cameras/) was rejected and not sent, because it may write. Allow that with --write",
    );
    expect(server.requests.filter((request) => request.startsWith("POST /v1/cameras/"))).toEqual([]);
  },
  PATIENCE,
);

test(
  "a server that falls silent makes the run fail when the time is up, and the report says so",
  async () => {
    // It responds to the check whether it is a mock, and to no later request.
    let requests = 0;
    const server = createServer((_, outgoing) => {
      if (requests++ === 0) outgoing.writeHead(401).end();
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const arazzo = arazzoOf(step("GET /v1/me/", "successCriteria: [{ condition: $statusCode == 200 }]"));
    const { code, report } = await runCommand(["--server", origin, "--timeout", "3"], { arazzo });
    server.closeAllConnections();
    server.close();
    expect(code).toBe(1);
    expect(report).toMatchObject({ passed: false, workflows: [{ name: "own", status: "failed" }] });
    expect(report?.workflows[0]?.faults).toContain("the time is up (see --timeout)");
  },
  PATIENCE,
);

function textOf({ children }: Element): string {
  return children.map(({ text }) => text).join("\n");
}

function operationsOf({ children }: Element): (string | undefined)[] {
  const properties = children.flatMap((child) => (child.name === "properties" ? child.children : []));
  return properties
    .filter(({ attributes }) => attributes.name === "operationId")
    .map(({ attributes }) => attributes.value);
}
