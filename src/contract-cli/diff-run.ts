// Node only: reads and writes files.
import { readFile, writeFile } from "node:fs/promises";
import { angelcamDocument } from "../openapi/angelcam-document.ts";
import { OpenApiDocument } from "../openapi/openapi-document.ts";
import { readReasonedList } from "./baseline.ts";
import { CannotRunError } from "./cannot-run-error.ts";
import { compareDocuments } from "./compare-documents.ts";
import type { Difference } from "./difference.ts";
import { parseYaml } from "./parse-yaml.ts";
import { plainTexts } from "./plain-text.ts";

/** Options of a comparison. */
export interface DiffOptions {
  /** The other OpenAPI document, YAML or JSON, in one piece. */
  readonly file: string;
  /** File of known differences: a list of `{ kind, location, reason }`. */
  readonly known: string | undefined;
  /** File for the report. */
  readonly json: string | undefined;
  readonly print: (line: string) => void;
}

/** A known difference; `*` at the end of a location is any rest. */
interface KnownDifference {
  readonly kind?: string;
  readonly location: string;
  readonly reason: string;
}

/** The report of a comparison. */
export interface DiffReport {
  readonly passed: boolean;
  readonly differences: readonly Difference[];
  readonly known: readonly (Difference & { readonly reason: string })[];
  /** Known differences that are none any more. */
  readonly leftovers: readonly KnownDifference[];
}

/**
 * Compares another document with ours, and prints each difference that is not known.
 *
 * @returns True when there is none, and every known one still is.
 * @throws CannotRunError for a file that cannot be read, or is no OpenAPI document.
 */
export async function runDiff({ file, known, json, print }: DiffOptions): Promise<boolean> {
  const other = await readDocument(file);
  const entries = known === undefined ? [] : await readKnown(known);
  const report = plainTexts(diffReport(compare(file, other), entries));
  for (const difference of report.differences) print(formatDifference(difference));
  for (const { kind = "", location, reason } of report.leftovers) {
    print(`known, but no longer there: ${kind} ${location} (${reason}). Remove it from ${known}.`);
  }
  const { differences, leftovers } = report;
  const counts = `${differences.length} new, ${report.known.length} known, ${leftovers.length} no longer there`;
  print(`${report.passed ? "No drift" : "DRIFT"}: ${counts}`);
  if (json !== undefined) {
    await writeFile(json, `${JSON.stringify(report, undefined, 2)}\n`).catch((error: Error) => {
      throw new CannotRunError(`The report cannot be written: ${error.message}`);
    });
  }
  return report.passed;
}

/** @throws CannotRunError for a document that refers to what is not in it, or in a circle. */
function compare(file: string, other: OpenApiDocument): readonly Difference[] {
  try {
    return compareDocuments(angelcamDocument(), other);
  } catch (error) {
    throw new CannotRunError(`${file} cannot be compared: ${(error as Error).message}`);
  }
}

function diffReport(all: readonly Difference[], entries: readonly KnownDifference[]): DiffReport {
  const used = new Set<KnownDifference>();
  const known: (Difference & { reason: string })[] = [];
  const differences = all.filter((difference) => {
    const entry = entries.find((candidate) => isKnown(candidate, difference));
    if (!entry) return true;
    used.add(entry);
    known.push({ ...difference, reason: entry.reason });
    return false;
  });
  const leftovers = entries.filter((entry) => !used.has(entry));
  return { passed: differences.length === 0 && leftovers.length === 0, differences, known, leftovers };
}

function formatDifference({ kind, location, ours, theirs }: Difference): string {
  if (theirs === undefined) return `${kind} ${location}: only in our document${detail(kind, ours)}`;
  if (ours === undefined) return `${kind} ${location}: only in the other document${detail(kind, theirs)}`;
  return `${kind} ${location}: ours ${ours}, theirs ${theirs}`;
}

function detail(kind: Difference["kind"], value: string | undefined): string {
  return kind === "enum" || kind === "format" || kind === "operation" ? ` (${value})` : "";
}

function isKnown({ kind, location }: KnownDifference, difference: Difference): boolean {
  if (kind !== undefined && kind !== difference.kind) return false;
  return location.endsWith("*")
    ? difference.location.startsWith(location.slice(0, -1))
    : difference.location === location;
}

async function readKnown(file: string): Promise<KnownDifference[]> {
  const entries = await readReasonedList(file, "--known");
  for (const [index, { location }] of entries.entries()) {
    // In YAML a location may be anything.
    if (typeof location === "string" && location !== "") continue;
    throw new CannotRunError(`${file}: entry ${index + 1} has no location, such as Camera.status.`);
  }
  return entries as unknown as KnownDifference[];
}

async function readDocument(file: string): Promise<OpenApiDocument> {
  try {
    const parsed: unknown = parseYaml(await readFile(file, "utf8"));
    if (typeof parsed !== "object" || parsed === null) throw new TypeError("it is no OpenAPI document");
    if ("swagger" in parsed) throw new TypeError("it is Swagger 2.0; convert it to OpenAPI 3 first");
    return new OpenApiDocument(parsed);
  } catch (error) {
    throw new CannotRunError(`${file} cannot be read: ${(error as Error).message}`);
  }
}
