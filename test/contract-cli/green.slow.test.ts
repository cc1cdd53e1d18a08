import { expect, inject, test } from "vitest";
import { PATIENCE, runCommand } from "./command.ts";
import { startFaultyServer } from "./faulty-server.ts";
import { elementsOf } from "./xml.ts";

const WORKFLOWS = [
  "sign-in",
  "quick-start",
  "wrong-token",
  "all-cameras",
  "footage-of-a-day",
  "clip-life",
  "refresh",
  "too-many-requests",
];

test(
  "every workflow passes against the sandbox, with a coverage table and without a secret in any output",
  async () => {
    await using server = await startFaultyServer();
    const outcome = await runCommand(["--server", server.origin, "--write"]);
    const { code, stdout, stderr, report, json, junit } = outcome;
    expect(code, stdout + stderr).toBe(0);
    expect(report?.workflows.map(({ name, status }) => `${name} ${status}`)).toEqual(
      WORKFLOWS.map((name) => `${name} passed`),
    );
    expect(report).toMatchObject({ passed: true, mock: false, server: server.origin });
    // The quota was used up for the workflow about it and never before: nothing had to wait.
    expect(stderr).toBe("");
    expect(server.requests.filter((request) => request === "POST /v1/cameras/20311/clips/")).toHaveLength(1);
    expect(stdout).toMatch(/\| operations \| 8 +\| 126 +\|/);
    expect(report?.coverage.operations.exercised).toBe(8);

    const secrets = secretsIn(server.bodies);
    expect(secrets.length).toBeGreaterThan(100);
    secrets.push(server.sandbox.account.password);
    for (const text of [stdout, stderr, json, junit]) {
      expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    }

    const [suites] = elementsOf(junit);
    expect(suites).toMatchObject({ name: "testsuites", attributes: { failures: "0", skipped: "0" } });
  },
  PATIENCE,
);

test(
  "every workflow passes against the mock, which gets the wanted response in a header where that takes state",
  async () => {
    const { code, stdout, stderr, report } = await runCommand(["--server", inject("prismOrigin"), "--write"]);
    expect(code, stdout + stderr).toBe(0);
    expect(report?.workflows.map(({ name, status }) => `${name} ${status}`)).toEqual(
      WORKFLOWS.map((name) => `${name} passed`),
    );
    expect(report).toMatchObject({ passed: true, mock: true });
    expect(report?.workflows.every(({ steps }) => steps.every(({ checks }) => checks > 0))).toBe(true);
  },
  PATIENCE,
);

test(
  "a personal access token alone runs what needs no password, and signs in nowhere",
  async () => {
    await using server = await startFaultyServer();
    const token = server.sandbox.tokens.personalAccessToken({});
    const environment = { ANGELCAM_TOKEN: token };
    const { code, stdout, report, json } = await runCommand(["--server", server.origin], { environment });
    expect(code, stdout).toBe(0);
    const statuses = Object.fromEntries(report?.workflows.map(({ name, status }) => [name, status]) ?? []);
    expect(statuses).toMatchObject({ "all-cameras": "passed", "quick-start": "skipped", "clip-life": "skipped" });
    expect(stdout).toContain("it needs ANGELCAM_CLIENT_ID, ANGELCAM_USERNAME, ANGELCAM_PASSWORD");
    expect(server.requests.filter((request) => request.startsWith("POST"))).toEqual([]);
    expect((stdout + json).includes(token)).toBe(false);
  },
  PATIENCE,
);

/** Tokens of every kind, by the names that the fields and parameters have. */
function secretsIn(bodies: readonly string[]): string[] {
  const fields = /"(?:access_token|refresh_token|sharing_token|event_api_hash)":"([^"]+)"/g;
  return bodies.flatMap((body) =>
    [...body.matchAll(fields), ...body.matchAll(/[?&]token=([\w-]+)/g)].map(([, secret]) => String(secret)),
  );
}
