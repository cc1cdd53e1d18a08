import { readFile } from "node:fs/promises";
import path from "node:path";
import { browserBundle } from "../../shared/browser-bundle.ts";
import type { Content } from "../content/content.ts";
import { escapeHtml } from "../site/html.ts";
import { contentSecurityPolicy, sha256 } from "../site/policy.ts";
import { renderPage } from "../site/shell.ts";
import { START_PROGRAM } from "../site/start-page.ts";
import { SPEED } from "./messages.ts";
import { type Program, programsOf } from "./programs.ts";

const FOLDER = import.meta.dirname;

const FAULTS = [
  ["expired-token", "expired token"],
  ["outage", "503 twice"],
  ["quota-empty", "quota empty (429)"],
  ["camera-offline", "cameras offline"],
] as const;

const TABS = [
  ["output", "Console"],
  ["requests", "Requests"],
  ["quota", "Quota"],
  ["sandbox", "Sandbox"],
] as const;

/** The playground: its page, the sandboxed frame that runs programs, and their scripts. */
export async function playgroundFiles(content: Content): Promise<Map<string, string>> {
  const bundle = (file: string, format: "esm" | "iife") => browserBundle(path.join(FOLDER, file), { format });
  // The client keeps the timers that it finds when it is loaded, so those of the playground come first in the worker.
  const [style, script, runner, ...worker] = await Promise.all([
    readFile(path.join(FOLDER, "playground.css"), "utf8"),
    bundle("page/main.ts", "iife"),
    bundle("runner.ts", "iife"),
    bundle("worker/virtual-time.ts", "iife"),
    bundle("worker/main.ts", "iife"),
  ]);
  const programs = [START_PROGRAM, ...programsOf(content)];
  const page = renderPage(content, {
    path: "playground.html",
    title: "Playground",
    description: "Run every sample of the docs against a sandbox in the page: no account, no network.",
    kind: "playground",
    main: mainOf(programs),
    head: '<link rel="stylesheet" href="assets/playground.css">\n<script defer src="assets/playground.js"></script>',
    policy: { "frame-src": "'self'", "style-src": "'self' 'unsafe-inline'" },
  });
  return new Map([
    ["playground.html", page],
    ["playground-runner.html", runnerPage(runner, worker.join("\n"))],
    ["assets/playground.css", style],
    ["assets/playground.js", script],
  ]);
}

function mainOf(programs: readonly Program[]): string {
  const groups = [...new Set(programs.map(({ group }) => group))].map((group) => {
    const options = programs
      .filter((program) => program.group === group)
      .map(({ id, title }) => `<option value="${escapeHtml(id)}">${escapeHtml(title)}</option>`);
    return `<optgroup label="${escapeHtml(group)}">${options.join("")}</optgroup>`;
  });
  const faults = FAULTS.map(
    ([value, text]) => `<label><input type="checkbox" name="fault" value="${value}"> ${text}</label>`,
  );
  const tabs = TABS.map(
    ([id, text], at) =>
      `<button type="button" role="tab" id="tab-${id}" aria-controls="${id}" aria-selected="${at === 0}" tabindex="${at === 0 ? 0 : -1}">${text}<span></span></button>`,
  );
  const panels = TABS.map(
    ([id], at) =>
      `<div role="tabpanel" id="${id}" aria-labelledby="tab-${id}" tabindex="0"${at === 0 ? "" : " hidden"}></div>`,
  );
  return `<h1>Playground</h1>
<p class="intro">The client and a sandbox run in this page: no account, no network. Time runs ${SPEED} times faster.</p>
<noscript><p class="note">The playground needs JavaScript. The samples are in the <a href="operations/index.html">reference</a>, too.</p></noscript>
<div class="controls">
<div class="row">
<label>Program <select id="program" class="button">${groups.join("")}<option value="" hidden>Your program</option></select></label>
<button type="button" id="run" class="primary button" disabled>Run</button>
<button type="button" id="share" class="button">Copy link</button>
<span id="status" role="status"></span>
</div>
<fieldset class="row"><legend>Simulate</legend>${faults.join("")}</fieldset>
<div class="panes">
<div id="editor"></div>
<div class="results"><div role="tablist" aria-label="Results">${tabs.join("")}</div>
${panels.join("\n")}
</div>
</div>
</div>
<iframe hidden title="Runs the program" sandbox="allow-scripts" data-src="playground-runner.html"></iframe>
<script type="application/json" id="programs">${JSON.stringify(programs).replaceAll("<", "\\u003c")}</script>`;
}

/** The frame has a policy of its own: code from text is allowed, requests are not. */
function runnerPage(runner: string, worker: string): string {
  const policy = contentSecurityPolicy({
    "script-src": `${sha256(runner)} 'unsafe-eval' blob:`,
    "worker-src": "blob:",
  });
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Runs the program of the playground</title>
</head>
<body>
<script type="text/plain" id="worker">${worker.replaceAll("</script", "<\\/script")}</script>
<script>${runner}</script>
</body>
</html>
`;
}
