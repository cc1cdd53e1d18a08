import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import { arazzoOf, PATIENCE, runCommand, step } from "./command.ts";
import { inJson, startLiar, type Told } from "./liar.ts";
import { elementsOf } from "./xml.ts";

interface Lie {
  readonly what: string;
  /** The request whose answer is changed. */
  readonly request: string;
  readonly lie: (told: Told) => void;
  /** What the output says, in one line. */
  readonly fault: string;
  /** Where it is, in the JSON report. */
  readonly place: object;
}

const LIES: readonly Lie[] = [
  {
    what: "an id that is a text",
    request: "GET /v1/me/",
    lie: inJson((account) => {
      account.id = "1234";
    }),
    fault: 'read-account: me.get answer 200, body /id: must be an integer, got "1234"',
    place: { operationId: "me.get", status: 200, in: "body", pointer: "/id", kind: "type" },
  },
  {
    what: "a required field that is not there",
    request: "GET /v1/cameras/?limit=5",
    lie: inJson(({ results }) => {
      delete (results as { name?: string }[])[2]?.name;
    }),
    fault: "list-cameras: cameras.list answer 200, body /results/2/name: is missing",
    place: { operationId: "cameras.list", in: "body", pointer: "/results/2/name", kind: "missing" },
  },
  {
    what: "a status that the document does not have",
    request: "GET /v1/me/",
    lie: (told) => {
      told.status = 500;
    },
    fault: "read-account: me.get answer 500: ",
    place: { operationId: "me.get", status: 500, in: "status", kind: "status" },
  },
  {
    what: "HTML in place of JSON",
    request: "GET /v1/cameras/?limit=5",
    lie: (told) => {
      [told.type, told.body] = ["text/html", "<h1>Hello</h1>"];
      delete told.headers["content-length"];
    },
    fault: "list-cameras: cameras.list answer 200, header Content-Type: ",
    place: { operationId: "cameras.list", in: "header", kind: "content_type" },
  },
  {
    what: "a token that lacks its type",
    request: "POST /oauth/token/",
    lie: inJson((tokens) => {
      delete tokens.token_type;
    }),
    fault: "sign-in: oauth.createToken answer 200, body /token_type: is missing",
    place: { operationId: "oauth.createToken", in: "body", pointer: "/token_type", kind: "missing" },
  },
];

describe("a server that lies gives exit code 1 and the exact place:", () => {
  test.each(LIES)(
    "$what",
    async ({ request, lie, fault, place }) => {
      await using server = await startLiar((told, sent) => {
        if (sent === request) lie(told);
      });
      const { code, stdout, report, junit } = await runCommand([
        "--server",
        server.origin,
        "--workflow",
        "quick-start",
      ]);
      expect(code, stdout).toBe(1);
      expect(stdout).toContain(`        ${fault}`);
      const violations = report?.workflows.flatMap(({ steps }) => steps.flatMap((one) => one.violations)) ?? [];
      expect(violations).toContainEqual(expect.objectContaining(place));
      expect(report?.passed).toBe(false);
      const failures = elementsOf(junit)[0]?.children.flatMap((suite) => suite.children.flatMap((one) => one.children));
      expect(failures?.map(({ name, text }) => `${name} ${text}`).join("\n")).toContain(fault.replace(/^.*?: /, ""));
    },
    PATIENCE,
  );

  test(
    "only a warning for a new field, for a server may grow",
    async () => {
      await using server = await startLiar((told, sent) => {
        if (sent === "GET /v1/me/") inJson((account) => Object.assign(account, { shoe_size: 43 }))(told);
      });
      const { code, stdout } = await runCommand(["--server", server.origin, "--workflow", "quick-start"]);
      expect(code, stdout).toBe(0);
      expect(stdout).toMatch(/read-account: warning: me\.get answer 200, body \/shoe_size: /);
    },
    PATIENCE,
  );
});

test(
  "a secret that a server sends back in the wrong place is in no output",
  async () => {
    let refreshToken = "";
    await using server = await startLiar((told, sent) => {
      if (sent === "POST /oauth/token/") refreshToken = JSON.parse(told.body).refresh_token;
      const change = inJson(({ results }) => Object.assign((results as object[])[0] ?? {}, { status: refreshToken }));
      if (sent === "GET /v1/cameras/?limit=5") change(told);
    });
    const options = ["--server", server.origin, "--workflow", "quick-start"];
    const { stdout, stderr, json, junit } = await runCommand(options);
    expect(stdout).toMatch(/body \/results\/0\/status: .* got "\(secret\)"/);
    for (const text of [stdout, stderr, json, junit]) expect(text.includes(refreshToken)).toBe(false);
  },
  PATIENCE,
);

test(
  "a password that a server repeats in its refusal is in no output",
  async () => {
    await using server = await startLiar((told, sent) => {
      if (sent !== "POST /oauth/token/") return;
      told.status = 400;
      inJson((body) => Object.assign(body, { error: "Correct-Horse-7" }))(told);
    });
    const environment = {
      ANGELCAM_CLIENT_ID: server.sandbox.client.clientId,
      ANGELCAM_USERNAME: server.sandbox.account.username,
      ANGELCAM_PASSWORD: "Correct-Horse-7",
    };
    const { code, stdout, stderr, json, junit } = await runCommand(["--server", server.origin], { environment });
    expect(code).toBe(1);
    expect(stdout).toContain("signing in gave no token: answered 400 (secret)");
    expect(stdout).toContain("signing in failed");
    for (const text of [stdout, stderr, json, junit]) expect(text.includes("Correct-Horse-7")).toBe(false);
  },
  PATIENCE,
);

test(
  "a token goes nowhere but to the server: a redirect is not followed",
  async () => {
    await using elsewhere = await startLiar();
    await using server = await startLiar((told, sent) => {
      if (sent === "GET /v1/me/")
        Object.assign(told, { status: 302, headers: { location: `${elsewhere.origin}/v1/me/` } });
    });
    const { code, stdout } = await runCommand(["--server", server.origin, "--workflow", "quick-start"]);
    expect(code, stdout).toBe(1);
    expect(elsewhere.requests).toEqual([]);
  },
  PATIENCE,
);

describe("a workflow that checks nothing fails:", () => {
  test(
    "one without success criteria, which any documented answer would satisfy",
    async () => {
      await using server = await startLiar();
      const arazzo = arazzoOf(
        step("GET /v1/me/", "parameters: [{ name: Authorization, in: header, value: Bearer none }]"),
      );
      const { code, stdout, report } = await runCommand(["--server", server.origin], { arazzo });
      expect(code).toBe(1);
      expect(stdout).toContain("only: checks nothing: it has no successCriteria, so any documented answer would pass");
      expect(report).toMatchObject({ passed: false, checks: 0 });
      expect(stdout).toContain("Nothing was checked, which counts as a failure.");
    },
    PATIENCE,
  );

  test(
    "one whose steps redocly cannot run",
    async () => {
      await using server = await startLiar();
      const arazzo = arazzoOf(step("GET /v1/nowhere/", "successCriteria: [{ condition: $statusCode == 404 }]"));
      const { code, report } = await runCommand(["--server", server.origin], { arazzo });
      expect(code).toBe(1);
      expect(report).toMatchObject({ passed: false, checks: 0 });
    },
    PATIENCE,
  );
});

test(
  "without --write a request that writes is refused, named, and never sent",
  async () => {
    await using server = await startLiar();
    const arazzo = arazzoOf(
      step(
        "POST /v1/cameras/",
        "requestBody: { payload: { name: X } }\nsuccessCriteria: [{ condition: $statusCode == 201 }]",
      ),
    );
    const { code, stdout } = await runCommand(["--server", server.origin], { arazzo });
    expect(code).toBe(1);
    expect(stdout).toContain(
      "only: cameras.create (POST /v1/cameras/) was refused and not sent, for it may write. Allow that with --write",
    );
    expect(server.requests.filter((request) => request.startsWith("POST /v1/cameras/"))).toEqual([]);
  },
  PATIENCE,
);

test(
  "a server that falls silent makes the run fail when the time is up, and the report says so",
  async () => {
    // It answers the question whether it is a mock, and nothing after that.
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
