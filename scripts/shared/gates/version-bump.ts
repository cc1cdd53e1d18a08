/** The impact of a set of changes on a user, in the terms of semantic versioning. */
export type Impact = "major" | "minor" | "patch";

/** The two versions that a release has. */
interface Versions {
  /** Of the package, semantic. */
  readonly package: string;
  /** Of the document, by the calendar: `info.version`. */
  readonly document: string;
}

interface Release {
  readonly impact: Impact | "none";
  readonly released: Versions;
  readonly current: Versions;
  /** CHANGELOG.md. */
  readonly changeLog: string;
}

/**
 * Lists the missing parts of a release with changes of this impact: a new version of the package, a new version of the
 * document, and an entry in the change log. Below 1.0.0 a minor version may hold breaking changes too.
 */
export function versionFaults({ impact, released, current, changeLog }: Release): string[] {
  if (impact === "none" || impact === "patch") return [];
  const faults: string[] = [];
  const needed = impact === "major" && partsOf(released.package)[0] !== 0 ? "major" : "minor";
  if (!isRaised(released.package, current.package, needed)) {
    faults.push(
      `The document has changes of impact ${impact}: package.json needs a new ${needed} version after ${released.package}, and has ${current.package}.`,
    );
  }
  if (compare(current.document, released.document) <= 0) {
    faults.push(
      `The document has changed: info.version must be above ${released.document}, and is ${current.document}.`,
    );
  }
  const section = sectionOf(changeLog, current.package);
  if (!/^- /m.test(section)) {
    faults.push(`CHANGELOG.md has no entry under "Unreleased" or "${current.package}".`);
  } else if (impact === "major" && !/^### (Changed|Removed)$/m.test(section)) {
    faults.push(`CHANGELOG.md has no breaking change under "### Changed" or "### Removed".`);
  }
  return faults;
}

/** The section of the change log for a version, or the one for unreleased changes. */
export function sectionOf(changeLog: string, version: string): string {
  const sections = changeLog.split(/^## /m).slice(1);
  const isAbout = (section: string) => [version, "Unreleased"].includes(section.match(/^\[?([^\]\s]+)/)?.[1] ?? "");
  return sections.filter(isAbout).join("\n");
}

function isRaised(from: string, to: string, least: "major" | "minor"): boolean {
  const [fromMajor = 0, fromMinor = 0] = partsOf(from);
  const [toMajor = 0, toMinor = 0] = partsOf(to);
  return toMajor > fromMajor || (least === "minor" && toMajor === fromMajor && toMinor > fromMinor);
}

function compare(one: string, other: string): number {
  const [left, right] = [partsOf(one), partsOf(other)];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function partsOf(version: string): number[] {
  return version.split(".").map((part) => Number.parseInt(part, 10));
}
