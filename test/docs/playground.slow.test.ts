import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readContent } from "../../scripts/docs/content/content.ts";
import { programsOf } from "../../scripts/docs/playground/programs.ts";
import { operationsOf, readDocument } from "../spec/document.ts";
import { type DocsSite, openDocsSite, ROOT } from "../support/docs-site.ts";

const MINUTES = 60_000;

let site: DocsSite;

beforeAll(async () => {
  site = await openDocsSite();
});

afterAll(() => site?.close());

/** Opens the playground with a program. */
async function openPlayground(hash: string, scheme: "http" | "file" = "file") {
  const opened = await site.open({ permissions: ["clipboard-read", "clipboard-write"] });
  const address = scheme === "file" ? site.fileAddress("playground.html") : `${site.address}playground.html`;
  await opened.page.goto(`${address}#${hash}`);
  await ended(opened.page);
  return opened;
}

/** The address of the playground with code of our own. */
function hashFor(code: string): string {
  return `code=${Buffer.from(code).toString("base64url")}`;
}

function ended(page: Page): Promise<void> {
  return page.locator("html[data-playground=ready]").waitFor({ timeout: MINUTES });
}

/** Runs the program of the editor to its end. Returns the lines of the console. */
async function run(page: Page): Promise<string[]> {
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await ended(page);
  return page.locator("#output pre").allTextContents();
}

async function statuses(page: Page): Promise<string[]> {
  return page.locator("#requests summary b").allTextContents();
}

/** Times, signatures and random ids are different in each run. */
function normalized(line: string): string {
  return line
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)/g, "<time>")
    .replaceAll(/[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/g, "<uuid>")
    .replaceAll(/token=[\w.%~-]+/g, "token=<token>");
}

test("every sample and every guide block runs: its output is as recorded, and nothing fails", {
  timeout: 15 * MINUTES,
}, async () => {
  const programs = programsOf(await readContent(ROOT));
  const ids = programs.map(({ id }) => id);
  for (const { operation } of operationsOf(readDocument())) expect(ids).toContain(operation.operationId);
  await using opened = await openPlayground(ids[0] ?? "");
  const { page, requests, complaints } = opened;
  const outputs: string[] = [];
  for (const { id } of programs) {
    await page.getByLabel("Program", { exact: false }).first().selectOption(id);
    await page.waitForFunction((hash) => decodeURIComponent(location.hash) === `#${hash}`, id);
    const lines = await run(page);
    outputs.push(`## ${id}\n${lines.map(normalized).join("\n")}`);
  }
  console.log(`${programs.length} programs ran in the playground`);
  expect(outputs.filter((output) => !output.endsWith("\nDone."))).toEqual([]);
  await expect(`${outputs.join("\n\n")}\n`).toMatchFileSnapshot("playground-output.txt");
  expect(requests.filter((url) => !url.startsWith(site.fileAddress("")))).toEqual([]);
  expect(complaints).toEqual([]);
});

describe.each(["file", "http"] as const)("over %s", (scheme) => {
  test("an address opens its program, and Run shows output, requests, quota and sandbox", async () => {
    await using opened = await openPlayground("cameras.list", scheme);
    const { page, complaints } = opened;
    expect(await page.title()).toBe("List cameras · Playground · Angelcam API");
    const lines = await run(page);
    expect(lines.join("\n")).toContain("cameras");
    await page.getByRole("tab", { name: "Requests 1" }).click();
    await page.getByText("200 GET /v1/cameras/").click();
    const exchange = await page.locator("#requests details").textContent();
    expect(exchange).toContain("authorization: PersonalAccessToken ••••");
    expect(exchange).toContain('"results"');
    await page.keyboard.press("Tab");
    await page.getByRole("tab", { name: "Requests 1" }).focus();
    await page.keyboard.press("ArrowRight");
    expect(await page.getByRole("tabpanel", { name: "Quota" }).textContent()).toMatch(/Client: 1 of \d+/);
    await page.keyboard.press("ArrowRight");
    expect(await page.getByRole("tabpanel", { name: "Sandbox" }).textContent()).toMatch(
      /1 requests received, \d+ cameras/,
    );
    expect(complaints).toEqual([]);
  });
});

test("code that was changed is in the address, and opens again there", async () => {
  await using opened = await openPlayground("start");
  const { page } = opened;
  await page.locator(".cm-content").fill('console.log("größer & <besser>");\n');
  await page.getByRole("button", { name: "Copy link" }).click();
  const address = await page.evaluate("navigator.clipboard.readText()");
  expect(address).toBe(page.url());
  await page.goto("about:blank");
  await page.goto(String(address));
  await ended(page);
  expect(await run(page)).toEqual(["größer & <besser>", "Done."]);
});

test("code that was changed is there after a reload and on the way back, and the other program starts with a clean page", async () => {
  await using opened = await openPlayground("start");
  const { page } = opened;
  const select = page.getByLabel("Program", { exact: false }).first();
  await page.locator(".cm-content").fill('console.log("mine");\n');
  await page.waitForURL(/#code=/);
  await page.reload();
  await ended(page);
  expect(await run(page)).toEqual(["mine", "Done."]);
  expect(await select.evaluate((all) => (all as HTMLSelectElement).selectedOptions[0]?.text)).toBe("Your program");
  await select.selectOption("start");
  await page.waitForURL(/#start$/);
  expect(await page.locator("#output pre").count()).toBe(0);
  expect(await page.locator(".cm-content").textContent()).toContain("angelcam.cameras.list()");
  await page.goBack();
  await expect.poll(() => page.locator(".cm-content").textContent()).toContain("mine");
});

test("on a phone the results come into view with the run", async () => {
  await using opened = await site.open({ viewport: { width: 390, height: 700 } });
  const { page } = opened;
  await page.goto(`${site.address}playground.html#cameras.list`);
  await ended(page);
  await run(page);
  const bottom = await page.locator("#output").evaluate((panel) => panel.getBoundingClientRect().bottom);
  expect(bottom).toBeLessThanOrEqual(700);
});

test("another program ends the one that runs", async () => {
  await using opened = await openPlayground(hashFor("for (;;) {}\n"));
  const { page } = opened;
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.getByLabel("Program", { exact: false }).first().selectOption("start");
  await ended(page);
  expect((await run(page)).at(-1)).toBe("Done.");
});

test("an address with the name of no program says so", async () => {
  await using opened = await openPlayground("cameras.gone");
  expect(await opened.page.locator("#status").textContent()).toContain("The address names no program");
});

test("a damaged address says so", async () => {
  await using opened = await openPlayground("code=%%%");
  expect(await opened.page.locator(".cm-content").textContent()).toContain("The address is damaged");
});

test.each([
  ["an error that is thrown", 'const a = 1;\n\nthrow new TypeError("no");\n', "TypeError: no (line 3)"],
  ["an error of a call", "await Promise.resolve();\nnull.x;\n", /^TypeError: .*null.* \(line 2\)$/],
  ["a syntax error", "const a = 1;\nconst = 2;\n", /^SyntaxError: .*\(line 2\)$/],
  ["an unknown module", 'import x from "left-pad";\nx();\n', /^Error: The playground has no module left-pad/],
  [
    "an unknown export",
    'import { Angelcm } from "angelcam-client";\n\nnew Angelcm();\n',
    /^Error: angelcam-client has no export Angelcm .* Angelcam, .*\(line 3\)$/,
  ],
])("%s is shown with its line", async (_, code, message) => {
  await using opened = await openPlayground(hashFor(code));
  const { page } = opened;
  const [line = ""] = await run(page);
  expect(line).toMatch(message);
  const marked = await page
    .locator(".cm-line")
    .evaluateAll((all) => all.findIndex((one) => one.classList.contains("error-line")));
  const [, number] = /\(line (\d+)\)/.exec(line) ?? [];
  if (number !== undefined) expect(marked + 1).toBe(Number(number));
});

test("what is to run behind the tests runs there, and an error of it is shown", async () => {
  const code =
    'import { after, test } from "node:test";\nafter(() => { throw new Error("no"); });\ntest("one", () => {});\n';
  await using opened = await openPlayground(hashFor(code));
  expect(await run(opened.page)).toEqual(["✔ one", expect.stringMatching(/^Error: no/)]);
});

test("an endless loop is stopped by the button, and the next program runs", async () => {
  await using opened = await openPlayground(hashFor("for (;;) {}\n"));
  const { page } = opened;
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.getByRole("button", { name: "Stop" }).click();
  await ended(page);
  expect(await page.locator("#status").textContent()).toBe("Stopped.");
  await page.locator(".cm-content").fill('console.log("again");\n');
  expect(await run(page)).toEqual(["again", "Done."]);
});

test("a loop that prints for ever is ended by itself", async () => {
  await using opened = await openPlayground(hashFor('for (;;) console.log("x");\n'));
  expect((await run(opened.page)).at(-1)).toContain("The program printed more than 1000 lines (line 1)");
});

test.each([
  ["fetch", 'await fetch("https://example.com/");'],
  ["XMLHttpRequest", 'const r = new XMLHttpRequest(); r.open("GET", "https://example.com/", false); r.send();'],
  [
    "WebSocket",
    'await new Promise((_, reject) => { new WebSocket("wss://example.com/").onerror = () => reject(new Error("refused")); });',
  ],
  ["import()", 'await import("https://example.com/x.js");'],
  ["importScripts", 'importScripts("https://example.com/x.js");'],
])("a program reaches no network by %s", async (_, code) => {
  await using opened = await openPlayground(hashFor(code), "http");
  const { page, requests } = opened;
  expect((await run(page)).at(-1)).not.toBe("Done.");
  expect(requests.filter((url) => !url.startsWith(site.address))).toEqual([]);
});

test("the waits of the client are short, too: 65 calls need two minutes of quota, and end within the time of a run", async () => {
  const code = `import { Angelcam, personalAccessToken } from "angelcam-client";
const angelcam = new Angelcam({ auth: personalAccessToken(process.env.ANGELCAM_TOKEN ?? "") });
const start = Date.now();
for (let call = 0; call < 65; call++) await angelcam.me.get();
console.log(Math.floor((Date.now() - start) / 60_000), "minutes");
`;
  await using opened = await openPlayground(hashFor(code));
  expect(await run(opened.page)).toEqual(["2 minutes", "Done."]);
});

test.each([
  ["a date that is none", "new Date(Number.NaN)", "Invalid Date"],
  ["a getter that throws", '{ get a() { throw new Error("no"); } }', "[threw Error: no]"],
  ["a Map and a Set", 'new Map([["a", 1]]), new Set([1])', "Map { a: 1 } Set [ 1 ]"],
  ["headers", 'new Headers({ "Retry-After": "5" })', 'Headers { retry-after: "5" }'],
  ["a big number", "{ a: 1n }", "{ a: 1n }"],
  [
    "an address and an expression",
    '{ a: new URL("https://example.com"), b: /x/g }',
    "{ a: https://example.com/, b: /x/g }",
  ],
  ["an object of a class", "new (class Door { open = true })()", "Door { open: true }"],
  ["a text with a line break", '["a\\nb"]', '[ "a\\nb" ]'],
  [
    "an error with a cause",
    'new Error("out", { cause: new TypeError("in") })',
    "Error: out\n  caused by TypeError: in",
  ],
  ["a text that is too long", '"x".repeat(1e6)', `${"x".repeat(20_000)} …`],
])("the console shows %s", async (_, value, text) => {
  await using opened = await openPlayground(hashFor(`console.log(${value});\nconsole.dir(1);\nconsole.time("a");\n`));
  expect(await run(opened.page)).toEqual([text, "1", "Done."]);
});

test.each([
  ["a timer", 'setTimeout(() => console.log("late"), 5_000);\n', ["late", "Done."]],
  [
    "a function that is not awaited",
    'void main();\nasync function main() {\n  await null;\n  await fetch("https://api.angelcam.com/v1/me/");\n  console.log("late");\n}\n',
    ["late", "Done."],
  ],
  ["an error of a timer", 'setTimeout(() => {\n  throw new Error("late");\n}, 5_000);\n', ["Error: late (line 2)"]],
  [
    "a rejection",
    'setInterval(() => console.log("x"), 5_000);\nPromise.reject(new Error("no"));\n',
    ["Error: no (line 2)"],
  ],
  [
    "an interval that prints for ever",
    'setInterval(() => console.log("x"), 1);\n',
    expect.arrayContaining([expect.stringContaining("more than 1000 lines")]),
  ],
])("a run lasts as long as %s", async (_, code, lines) => {
  await using opened = await openPlayground(hashFor(code));
  expect(await run(opened.page)).toEqual(lines);
});

test.each([
  ["rejects(Promise.reject(new TypeError()), TypeError)", "Done."],
  ["rejects(Promise.reject(new TypeError()), RangeError)", expect.stringContaining("another TypeError")],
  ["rejects(Promise.reject({ status: 404 }), { status: 404 })", "Done."],
  ["rejects(Promise.reject({ status: 404 }), { status: 500 })", expect.stringContaining("another { status: 404 }")],
  ["deepEqual(new Date(0), new Date(1))", expect.stringContaining("1970-01-01T00:00:00.000Z is not 1970")],
  ["deepEqual([], {})", expect.stringContaining("[] is not {}")],
  ["equal({}, {})", expect.stringContaining("{} is not {}")],
])("assert.%s is judged as in Node", async (call, end) => {
  const [name = ""] = call.split("(");
  await using opened = await openPlayground(hashFor(`import { ${name} } from "node:assert/strict";\nawait ${call};\n`));
  expect(await run(opened.page)).toEqual([end]);
});

test("an address outside of the sandbox is out of reach, and the console says why", async () => {
  await using opened = await openPlayground(hashFor('await fetch("https://example.com/a");\n'));
  expect(await run(opened.page)).toEqual([
    "https://example.com is out of reach: the playground has no network, only a sandbox.",
    expect.stringMatching(/^TypeError: fetch failed/),
  ]);
});

describe("a fault that is switched on", () => {
  test.each([
    ["expired token", "guides/quick-start/1", ["200", "401", "200", "200", "200"]],
    ["503 twice", "cameras.get", ["503", "503", "200"]],
    ["quota empty (429)", "cameras.get", ["429", "200"]],
  ])("%s: the client deals with it", async (fault, program, expected) => {
    await using opened = await openPlayground(program);
    const { page } = opened;
    await page.getByRole("checkbox", { name: fault }).check();
    expect((await run(page)).at(-1)).toBe("Done.");
    expect(await statuses(page)).toEqual(expected);
  });

  test("expired token: a personal access token that was revoked ends in an error", async () => {
    await using opened = await openPlayground("cameras.get");
    const { page } = opened;
    await page.getByRole("checkbox", { name: "expired token" }).check();
    expect((await run(page)).at(-1)).toMatch(/^AuthenticationError: /);
  });

  test("cameras offline: the program sees it", async () => {
    await using opened = await openPlayground("start");
    const { page } = opened;
    await page.getByRole("checkbox", { name: "cameras offline" }).check();
    const lines = await run(page);
    expect(lines.slice(0, -1).every((line) => line.endsWith(" offline"))).toBe(true);
  });
});

test("secrets of addresses are masked: a token of the query, and the password of a camera", async () => {
  const code = `await fetch("https://api.angelcam.com/v1/me/?token=secret1");
await fetch("https://api.angelcam.com/v1/cameras/", { method: "POST", body: '{"url":"rtsp://user:secret2@192.0.2.1/"}' });
`;
  await using opened = await openPlayground(hashFor(code));
  await run(opened.page);
  const text = await opened.page.locator("#requests").textContent();
  expect(text).toContain("GET /v1/me/?token=••••");
  expect(text).toContain("rtsp://user:••••@192.0.2.1/");
  expect(text).not.toContain("secret");
});

test("two clients that share a quota are one line for each window", async () => {
  const code = `import { Angelcam, personalAccessToken } from "angelcam-client";
const auth = personalAccessToken(process.env.ANGELCAM_TOKEN ?? "");
const first = new Angelcam({ auth });
await first.me.get();
await new Angelcam({ auth, quota: first.quota }).me.get();
`;
  await using opened = await openPlayground(hashFor(code));
  await run(opened.page);
  expect((await opened.page.locator("#quota").textContent())?.match(/Client: 2 of/g)).toHaveLength(2);
});

test("a reader who has scrolled back in the console keeps the place while more is printed", async () => {
  const code =
    "for (let line = 0; line < 300; line++) {\n  console.log(line);\n  await new Promise((resolve) => setTimeout(resolve, 200));\n}\n";
  await using opened = await openPlayground(hashFor(code));
  const { page } = opened;
  await page.getByRole("button", { name: "Run", exact: true }).click();
  const panel = page.locator("#output");
  await expect.poll(() => panel.evaluate((box) => box.scrollTop)).toBeGreaterThan(200);
  await panel.evaluate((box) => {
    box.scrollTop = 0;
  });
  await ended(page);
  expect(await panel.evaluate((box) => box.scrollTop)).toBe(0);
});

test("no secret is in the panels", async () => {
  await using opened = await openPlayground("guides/quick-start/1");
  const { page } = opened;
  await run(page);
  const text = (await page.locator("#requests").textContent()) ?? "";
  expect(text).toContain("password=••••");
  expect(text).toContain('"access_token": "••••"');
  expect(text).not.toMatch(/authorization: Bearer [^•]/);
});
