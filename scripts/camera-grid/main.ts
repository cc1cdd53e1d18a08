import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { browserBundle } from "../shared/browser-bundle.ts";

// Builds the camera grid: an example of the client and its sandbox in a browser, as one file that sends no request to any host.

const ROOT = path.resolve(import.meta.dirname, "../..");
const SOURCE = import.meta.dirname;

/** The built page. */
const PAGE = path.join(ROOT, "dist/docs/camera-grid.html");

/**
 * Builds the camera grid.
 *
 * @returns The whole page as text, the same for the same sources.
 */
export async function buildCameraGrid(): Promise<string> {
  const [page, style, client, script] = await Promise.all([
    readFile(path.join(SOURCE, "page.html"), "utf8"),
    readFile(path.join(SOURCE, "page.css"), "utf8"),
    readFile(path.join(SOURCE, "client.ts"), "utf8"),
    browserBundle(path.join(SOURCE, "camera-grid.ts"), { format: "esm" }),
  ]);
  const parts = [
    [
      '<meta charset="utf-8">',
      `<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="${policy(style, script)}">`,
    ],
    ['<link rel="stylesheet" href="page.css">', `<style>${style}</style>`],
    ['<script type="module" src="camera-grid.ts"></script>', `<script type="module">${script}</script>`],
    ['<code id="source"></code>', `<code id="source">${asText(client.trim())}</code>`],
  ] as const;
  return parts.reduce((text, [marker, part]) => replaceOnce(text, marker, part), page);
}

/** The content security policy: only this script runs, and only pictures in `data:` URLs are loaded. */
function policy(style: string, script: string): string {
  return [
    "default-src 'none'",
    `script-src '${hash(script)}'`,
    `style-src '${hash(style)}'`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join("; ");
}

function hash(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

/** @throws Error when the page does not hold the marker exactly once, because a part would then be missing without notice. */
function replaceOnce(page: string, marker: string, part: string): string {
  if (page.split(marker).length !== 2) throw new Error(`camera-grid/page.html must hold this exactly once: ${marker}`);
  return page.replace(marker, () => part);
}

function asText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

if (import.meta.main) {
  const page = await buildCameraGrid();
  await mkdir(path.dirname(PAGE), { recursive: true });
  await writeFile(PAGE, page);
  console.log(
    `Wrote ${path.relative(process.cwd(), PAGE)} (${Math.round(Buffer.byteLength(page) / 1000)} kB, one file)`,
  );
}
