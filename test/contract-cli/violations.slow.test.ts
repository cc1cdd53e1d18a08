import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import { arazzoOf, PATIENCE, runCommand, step } from "./command.ts";
import { FAULTS, FIRST_PAGE, firstPage } from "./faults.ts";
import { inJson, startFaultyServer } from "./faulty-server.ts";
import { type Element, elementsOf } from "./xml.ts";

describe("a faulty server leads to exit code 1, and operation and field in every report:", () => {
  test.each(FAULTS)(
    "$what",
    async ({ request, change, workflow = "quick-start", options = [], line, violation }) => {
      let isProbe = true;
      await using server = await startFaultyServer(
        async (response, sent, origin) => {
          if (sent === FIRST_PAGE) firstPage.cameras = JSON.parse(response.body).results;
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
      expect(violations).toContainEqual(expect.objectContaining({ severity: "error", ...violation }));
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
