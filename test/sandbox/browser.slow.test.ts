import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openChromium } from "../support/chromium.ts";
import { type Script, startScript } from "../support/script.ts";

// A browser app on another origin, against the command `angelcam-sandbox`: it signs in, lists cameras, and shows a
// stream and a shared camera.

const ROOT = path.resolve(import.meta.dirname, "../..");

/** The app. It says on `document.body.dataset` how far it has come. */
const APP = `
import { Angelcam, OAuthSession, passwordGrant } from "./src/index.ts";

const { sandbox, username, password, clientId } = Object.fromEntries(new URLSearchParams(location.search));
const session = new OAuthSession({ clientId, grant: passwordGrant({ username, password }) });
const angelcam = new Angelcam({ auth: session, baseUrl: sandbox });

function show(element, url) {
  element.src = url;
  document.body.append(element);
  return element;
}

try {
  const cameras = await angelcam.cameras.list().toArray();
  for (const { name } of cameras) document.body.append(name, document.createElement("br"));
  const camera = cameras.find(({ type, status }) => type === "h264" && status === "online");
  const linkOf = (format) => camera.streams.find((stream) => stream.format === format).url;
  show(document.createElement("img"), linkOf("mjpeg")).id = "mjpeg";
  for (const format of ["mp4", "hls"]) {
    const video = show(document.createElement("video"), linkOf(format));
    video.id = format;
    video.muted = true;
    video.play().catch(() => {});
  }
  const [shared] = (await angelcam.sharedCameras.list()).results;
  document.body.append(shared.name, " of ", shared.owner.email);
  show(document.createElement("img"), shared.live_snapshot).id = "shared";
  const other = await angelcam.spaces.list();
  const elsewhere = await angelcam.cameras.list({}, { space: other.find((space) => !space.is_default).id });
  document.body.dataset.cameras = cameras.length;
  document.body.dataset.elsewhere = elsewhere.count;
  document.body.dataset.ready = "true";
} catch (error) {
  document.body.dataset.ready = String(error);
}
`;

let script: Script;
let pages: Server;

beforeAll(async () => {
  script = startScript(["src/sandbox/command.ts", "--port", "0", "--cameras", "12"]);
  const { outputFiles } = await build({
    stdin: { contents: APP, resolveDir: ROOT, loader: "js" },
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
  });
  pages = createServer((request, response) => {
    const isScript = request.url?.startsWith("/app.js");
    response.setHeader("Content-Type", isScript ? "text/javascript" : "text/html");
    response.end(
      isScript ? outputFiles[0]?.text : '<!doctype html><body><script type="module" src="/app.js"></script>',
    );
  });
  pages.listen(0, "127.0.0.1");
  await once(pages, "listening");
});

afterAll(async () => {
  pages?.close();
  await script?.[Symbol.asyncDispose]();
});

test("a page on another origin signs in, lists cameras, and shows a stream and a shared camera", async () => {
  const [, sandbox = ""] = await script.printed(/listens on (http:\/\/\S+)/);
  const [, clientId = ""] = await script.printed(/client id (\S+)/);
  const [, username = "", password = ""] = await script.printed(/username (\S+) {3}password (\S+)/);
  const query = new URLSearchParams({ sandbox, clientId, username, password });
  await using browser = await openChromium();
  const page = await browser.newPage();
  const { port } = pages.address() as AddressInfo;
  // The pictures of an MJPEG stream never end, so neither does the loading of the page.
  await page.goto(`http://127.0.0.1:${port}/?${query}`, { waitUntil: "commit" });
  await expect.poll(() => page.evaluate(() => document.body?.dataset.ready)).toBe("true");
  expect(await page.evaluate(() => [document.body.dataset.cameras, document.body.dataset.elsewhere])).toEqual([
    "12",
    "3",
  ]);
  expect(await page.evaluate(() => document.body.innerText)).toMatch(/ of \S+@\S+/);
  const widthOf = (id: string) =>
    page.evaluate((name) => {
      const element = document.getElementById(name);
      return element instanceof HTMLVideoElement ? element.videoWidth : (element as HTMLImageElement).naturalWidth;
    }, id);
  for (const id of ["mjpeg", "shared", "mp4", "hls"]) await expect.poll(() => widthOf(id), { message: id }).toBe(96);
});
