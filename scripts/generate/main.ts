import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { bundle } from "./bundle.ts";
import { writeClient } from "./client.ts";
import type { Document } from "./document.ts";
import { GenerationError } from "./generation-error.ts";
import { locate } from "./locate.ts";
import { readOperations } from "./operations.ts";
import { writeOperations } from "./operations-file.ts";
import { writeSchema } from "./schema.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const ENTRY = "spec/openapi.yaml";

/**
 * Creates the files of `generated/` from the spec below `root`, and writes none. The keys are the file names.
 *
 * @throws GenerationError naming the file and line of a spec that is broken or that the client could not honour.
 */
export async function generate(root: string = ROOT): Promise<Map<string, string>> {
  const folder = await mkdtemp(path.join(tmpdir(), "angelcam-generate-"));
  try {
    return await generateFrom(await bundle(root, ENTRY, path.join(folder, "openapi.json")), root);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * The same for a document that was bundled already.
 *
 * @throws GenerationError naming the file and line of a spec that the client could not honour.
 */
export async function generateFrom(document: Document, root: string): Promise<Map<string, string>> {
  try {
    const operations = readOperations(document);
    return new Map([
      ["openapi.json", `${JSON.stringify(document, null, 2)}\n`],
      ["schema.ts", await writeSchema(document)],
      ["operations.ts", writeOperations(document, operations)],
      ["client.ts", writeClient(document, operations, await readSamples(root))],
    ]);
  } catch (error) {
    throw await withPlace(error, root);
  }
}

/** Writes every file under a temporary name and renames all at the end, so that no half-written file is ever seen. */
export async function writeGenerated(files: ReadonlyMap<string, string>, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const fresh = [...files].map(([name, text]) => ({
    text,
    name: path.join(folder, name),
    draft: path.join(folder, `.${name}.new`),
  }));
  try {
    for (const { draft, text } of fresh) await writeFile(draft, text);
    for (const { draft, name } of fresh) await rename(draft, name);
  } finally {
    for (const { draft } of fresh) await rm(draft, { force: true });
  }
}

async function readSamples(root: string): Promise<Map<string, string>> {
  const folder = path.join(root, "spec/samples");
  const names = await readdir(folder).catch(() => []);
  const samples = names.filter((name) => name.endsWith(".ts"));
  return new Map(
    await Promise.all(
      samples.map(
        async (name) => [path.basename(name, ".ts"), await readFile(path.join(folder, name), "utf8")] as const,
      ),
    ),
  );
}

async function withPlace(error: unknown, root: string): Promise<unknown> {
  if (!(error instanceof GenerationError) || !error.pointer) return error;
  const location = await locate(root, ENTRY, error.pointer);
  return new GenerationError(`${location}: ${error.message}`, error.pointer);
}

if (import.meta.main) {
  try {
    const files = await generate();
    await writeGenerated(files, path.join(ROOT, "generated"));
    console.log(`Wrote ${[...files.keys()].map((name) => `generated/${name}`).join(", ")}`);
  } catch (error) {
    if (!(error instanceof GenerationError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
