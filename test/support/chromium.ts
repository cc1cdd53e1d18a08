import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { type Browser, chromium } from "playwright-core";

const ROOT = path.resolve(import.meta.dirname, "../..");
const UNPACK = 'import chromium from "@sparticuz/chromium"; await chromium.executablePath();';

/**
 * Opens a real Chromium: on Linux x64 the one that npm has installed, elsewhere a Chrome that is there already.
 *
 * @throws Error saying what is missing, where there is neither.
 * @example
 * ```ts
 * await using browser = await openChromium();
 * const page = await browser.newPage();
 * ```
 */
export async function openChromium(): Promise<Browser> {
  if (process.platform === "linux" && process.arch === "x64") {
    // The tests look at pages of our own only, and a sandbox is not to be had for root or in many a container.
    return chromium.launch({ executablePath: await unpacked(), args: ["--no-sandbox"] });
  }
  try {
    return await chromium.launch({ channel: "chrome" });
  } catch (cause) {
    const system = `${process.platform} ${process.arch}`;
    throw new Error(`npm brings no Chromium for ${system}: install Chrome, and this test will use it`, { cause });
  }
}

/**
 * The program, unpacked once for each version. It is made elsewhere and moved in whole, so that test files that come at
 * the same moment never start half of it.
 */
async function unpacked(): Promise<string> {
  const manifest = await readFile(path.join(ROOT, "node_modules/@sparticuz/chromium/package.json"), "utf8");
  const { version } = JSON.parse(manifest) as { version: string };
  const cache = path.join(ROOT, "node_modules/.cache");
  const home = path.join(cache, `chromium-${version}`);
  const program = path.join(home, "chromium");
  if (existsSync(program)) return program;
  await mkdir(cache, { recursive: true });
  const draft = await mkdtemp(path.join(cache, "chromium-draft-"));
  // The package unpacks to the folder for temporary files, and takes what is there already, of whatever version.
  const env = { ...process.env, TMPDIR: draft };
  await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", UNPACK], { cwd: ROOT, env });
  await rename(draft, home).catch(async (error: NodeJS.ErrnoException) => {
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(program)) throw error;
  });
  return program;
}
