import type { Content } from "../content/content.ts";
import { escapeHtml } from "./html.ts";
import { codeBlock } from "./markdown.ts";
import type { SitePage } from "./shell.ts";

/** The first program that a reader sees: the last two calls of the quick start. */
const EXAMPLE = `import { Angelcam, personalAccessToken } from "angelcam-client";

const token = process.env.ANGELCAM_TOKEN ?? "";
const angelcam = new Angelcam({ auth: personalAccessToken(token) });

for await (const camera of angelcam.cameras.list()) {
  console.log(camera.id, camera.name, camera.status);
}`;

/** Tasks of readers, each with the page that explains it. */
const TASKS: readonly (readonly [address: string, title: string, text: string])[] = [
  ["guides/sign-in.html", "Sign in", "Personal access tokens, OAuth 2.0, and refresh tokens that work once."],
  ["guides/live-view.html", "Show live video", "HLS and MJPEG in a web page, with links that stay fresh."],
  ["guides/footage.html", "Download footage", "Timelines, gaps, playback and downloads of any length."],
  ["guides/webhooks.html", "Receive webhooks", "Verify the signature, then act on events and incidents."],
  ["guides/limits.html", "Handle 429", "30 requests a minute: what the client does, and how to spend fewer."],
  ["guides/testing.html", "Test without an account", "A sandbox in memory, a mock server and contract checks."],
];

/** The start page: one program, and the ways on. */
export function startPage(content: Content): SitePage {
  const { title, summary = "" } = content.document.info;
  const tasks = TASKS.map(
    ([address, name, text]) => `<a href="${address}"><strong>${name}</strong><small>${escapeHtml(text)}</small></a>`,
  );
  const main = `<section class="hero row">
<div>
<h1>${escapeHtml(title)}</h1>
<p class="lead">${escapeHtml(summary)}</p>
<p class="row"><a class="primary button" href="guides/quick-start.html">Quick start</a> <a class="button" href="playground.html#cameras.list">Open the playground</a> <a class="button" href="reference.html">API reference</a></p>
<p>The TypeScript client refreshes tokens, stays within the rate limits, retries what is safe to retry, and follows pagination. Every sample of these docs runs in the page: no account, no network.</p>
</div>
${codeBlock(EXAMPLE, "ts", "playground.html#start")}
</section>
<h2>What do you want to do?</h2>
<div class="cards">
${tasks.join("\n")}
</div>
<h2>In short</h2>
<table>
<tr><th>Production</th><td><code>https://api.angelcam.com</code></td></tr>
<tr><th>Tokens</th><td><code>https://my.angelcam.com/oauth/token/</code></td></tr>
<tr><th>Operations</th><td><a href="reference.html">${content.operations.length}, each with a sample in TypeScript, curl and Python</a></td></tr>
<tr><th>Every path</th><td>ends in a slash; without it the API returns 404 or redirects</td></tr>
<tr><th>Rate limits</th><td><a href="guides/limits.html">30 requests a minute and 1,000 an hour for an account</a></td></tr>
<tr><th>For programs</th><td><a href="openapi.json">OpenAPI 3.1 document</a>, <a href="llms.txt">llms.txt</a>, <a href="files.html">more files</a></td></tr>
</table>`;
  return { path: "index.html", title, description: summary, kind: "start", main };
}

/** The program of the start page, for the playground. */
export const START_PROGRAM = { id: "start", title: "List every camera", group: "Start", code: `${EXAMPLE}\n` };
