// Node only: writes files.
import { constants } from "node:fs";
import { access, lstat, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { CannotRunError } from "./cannot-run-error.ts";
import { harOf } from "./har-report.ts";
import { htmlOf } from "./html-report.ts";
import { junitOf } from "./junit.ts";
import type { Report } from "./report.ts";
import type { RunResult } from "./session.ts";

/** Where reports are written, by their form. */
export interface ReportFiles {
  readonly json?: string;
  readonly junit?: string;
  readonly html?: string;
  readonly har?: string;
}

/**
 * Removes the reports of an earlier run, so that none is taken for this one's. A file that cannot be removed stays, and so
 * does what is no plain file, such as a pipe or `/dev/stdout`, which root could remove.
 */
export async function removeReports(files: readonly string[]): Promise<void> {
  await Promise.all(files.map((file) => removePlainFile(file).catch(() => undefined)));
}

async function removePlainFile(file: string): Promise<void> {
  if ((await lstat(file)).isFile()) await rm(file);
}

/** Why reports cannot be written, such as for want of their folder: known before a run of an hour, and not after it. */
export async function reportProblems(files: ReportFiles): Promise<ReadonlyMap<string, string>> {
  const problems = new Map<string, string>();
  for (const [form, file] of Object.entries(files)) {
    const isThere = await access(file).then(
      () => true,
      () => false,
    );
    const place = isThere ? file : path.dirname(file);
    await access(place, constants.W_OK).catch((error: Error) => problems.set(form, error.message));
  }
  return problems;
}

/**
 * Writes every report.
 *
 * @throws CannotRunError when one could not be written; the others are.
 */
export async function writeReports(files: ReportFiles, report: Report, traffic?: RunResult): Promise<void> {
  const texts: Readonly<Record<keyof ReportFiles, () => string>> = {
    json: () => `${JSON.stringify(report, undefined, 2)}\n`,
    junit: () => junitOf(report),
    html: () => htmlOf(report),
    har: () => `${JSON.stringify(harOf(traffic), undefined, 2)}\n`,
  };
  const failures: string[] = [];
  for (const [form, file] of Object.entries(files) as [keyof ReportFiles, string][]) {
    // Readable by its owner only: a HAR holds the data of an account.
    const options = form === "har" ? { mode: 0o600 } : {};
    try {
      await writeFile(file, texts[form](), options);
    } catch (error) {
      // Also for a text that is longer than Node allows.
      failures.push((error as Error).message);
    }
  }
  if (failures.length > 0) throw new CannotRunError(`The report cannot be written: ${failures.join("; ")}`);
}
