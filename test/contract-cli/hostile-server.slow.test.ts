import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runCommand } from "./command.ts";
import { type Change, type FaultyServer, inJson, startFaultyServer } from "./faulty-server.ts";

// A server that tries to get the token of an exploration to another origin, or a command into the log of a pipeline.

/** Escape sequences, line breaks, commands of three pipelines, a mark that reverses text. */
const NASTY = "\u001b[31mred\r\n::error::owned\n##[error]owned\n##vso[task.complete]\u0007\u202e\u2028::add-mask::x";

let elsewhere: FaultyServer;
let target: FaultyServer;
let change: Change = () => {};

beforeEach(async () => {
  change = () => {};
  elsewhere = await startFaultyServer();
  target = await startFaultyServer((...parameters) => change(...parameters), { quota: false, cameras: 3 });
});

afterEach(async () => {
  await target[Symbol.asyncDispose]();
  await elsewhere[Symbol.asyncDispose]();
});

describe("an exploration sends no credential elsewhere when a server returns", () => {
  const IDS: readonly [string, () => unknown][] = [
    ["an id that is a host", () => `//${new URL(elsewhere.origin).host}/v1/me`],
    ["an id that is an address", () => `${elsewhere.origin}/`],
    ["an id that leads upwards", () => "../../oauth"],
    ["an id of two dots", () => ".."],
    ["an id with a line break", () => "1\r\nHost: evil.example"],
    ["an id with a user name", () => `@${new URL(elsewhere.origin).host}`],
    ["an id with a query", () => "1?x=1#"],
  ];

  test.each(IDS)("%s", async (_, id) => {
    change = (response, request) => {
      if (!request.startsWith("GET /v1/cameras/?") && request !== "GET /v1/cameras/") return;
      if (response.status !== 200) return;
      inJson(({ results }) => {
        for (const camera of results as object[]) Object.assign(camera, { id: id() });
      })(response);
    };
    const { code, stdout } = await explore();
    expect(code, stdout).toBe(1);
    expect(stdout).toContain("cameras.list response 200, body /results/0/id: must be an integer");
    expect(elsewhere.requests).toEqual([]);
    // Nor does the id turn the request into one that it was not.
    const paths = target.requests.map((request) => request.replace(/^\S+ ([^?]*).*$/, "$1"));
    expect(paths.filter((path) => /\/\/|\.\.|[\\@\s]/.test(path))).toEqual([]);
  });

  test("a next link to another origin", async () => {
    change = inList((page) => Object.assign(page, { next: `${elsewhere.origin}/v1/cameras/?offset=1` }));
    const { code, stdout } = await explore();
    expect([code, stdout]).toEqual([1, expect.stringContaining("body /next: must not lead to another origin")]);
    expect(elsewhere.requests).toEqual([]);
  });
});

describe("nothing that a server writes reaches the log of a pipeline as a command:", () => {
  const TEXTS: readonly [string, Change][] = [
    [
      "the error of a token request",
      (response, request) => {
        if (!request.startsWith("POST /oauth/token/")) return;
        const body = JSON.stringify({ error: NASTY, error_description: NASTY });
        Object.assign(response, { status: 400, body, headers: {} });
      },
    ],
    ["a value that breaks the contract", inList((page) => Object.assign(page, { count: NASTY }))],
    ["the name of a field", inList((page) => Object.assign(page, { [NASTY]: NASTY }))],
    [
      "a header",
      (response) => {
        response.type = "text/html;\u00a0##[error]owned";
      },
    ],
  ];

  test.each(TEXTS)("%s", async (_, hostile) => {
    change = hostile;
    const { stdout, stderr, json, junit, html } = await explore({ GITHUB_ACTIONS: "true" });
    expect(stdout).toMatch(/^::(?:error|warning) title=/m);
    for (const output of [stdout, stderr, json, junit, html]) {
      expect(output.match(/[\p{Cc}\u2028\u2029\u202e]/gu)?.filter((character) => character !== "\n") ?? []).toEqual([]);
      expect(output).not.toMatch(/##(?:\[|vso\[)/);
    }
    const commands = stdout.split("\n").filter((line) => line.trimStart().startsWith("::"));
    expect(commands.filter((line) => !/^::(?:error|warning) title=[^:]*::/.test(line))).toEqual([]);
    expect(commands.filter((line) => /^::error title=[^:]*::owned/.test(line))).toEqual([]);
  });
});

function inList(edit: (page: Record<string, unknown>) => void): Change {
  return (response, request) => {
    if (/^GET \/v1\/cameras\/(?:\?|$)/.test(request) && response.status === 200) inJson(edit)(response);
  };
}

function explore(environment: Record<string, string> = {}) {
  const { client, account } = target.sandbox;
  return runCommand(["--explore", "--seed", "1", "--server", target.origin], {
    environment: {
      ANGELCAM_CLIENT_ID: client.clientId,
      ANGELCAM_USERNAME: account.username,
      ANGELCAM_PASSWORD: account.password,
      ...environment,
    },
  });
}
