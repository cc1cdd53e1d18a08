import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { breakingChanges, RELEASED } from "../../scripts/shared/gates/breaking-changes.ts";
import { sectionOf, versionFaults } from "../../scripts/shared/gates/version-bump.ts";
import { type Copy, copyRepository, ROOT } from "./copy.ts";

interface Schema {
  properties: Record<string, unknown>;
  required: string[];
  maximum?: number;
}

interface Document {
  info: { version: string };
  components: { schemas: Record<string, Schema>; parameters: Record<string, { schema: Schema }> };
  paths: Record<string, { get: { parameters: object[]; description: string } }>;
}

const DOCUMENT = "generated/openapi.json";
const PARAMETER = { name: "colour", in: "query", description: "A colour.", schema: { type: "string" }, example: "red" };

let copy: Copy;
let released: string;

beforeAll(async () => {
  copy = await copyRepository();
  await copy.edit<Document>(DOCUMENT, (document) => {
    released = JSON.stringify(document);
  });
  // The current document counts as released, so that changes since the last release do not matter.
  await rm(path.join(copy.root, RELEASED), { recursive: true });
  await mkdir(path.join(copy.root, RELEASED));
  await copy.write(`${RELEASED}/0.1.0.json`, released);
  await copy.edit<{ version: string }>("package.json", (manifest) => {
    manifest.version = "0.1.0";
  });
});

afterAll(() => copy[Symbol.asyncDispose]());

test("this repository documents every change since the last release", async () => {
  const { examined, faults } = await breakingChanges.check(ROOT);
  expect(faults).toEqual([]);
  expect(examined).toBeGreaterThan(50);
});

describe("without a new version,", () => {
  test.each<[string, (document: Document) => void, RegExp]>([
    [
      "a field that is gone",
      ({ components: { schemas } }) => delete schemas.CurrentUser?.properties.email,
      /^major: .*~1me~1\/get.* Property `email` of `CurrentUser` was removed\.$/,
    ],
    [
      "a maximum that is lower",
      ({ components: { parameters } }) => {
        if (parameters.RecordDuration) parameters.RecordDuration.schema.maximum = 50;
      },
      /^major: .*~1start~1\/post\/parameters.* Upper bound changed from '<= 1800' to '<= 50'\.$/,
    ],
    [
      "a required parameter that is new",
      ({ paths }) => paths["/v1/me/"]?.get.parameters.push({ ...PARAMETER, required: true }),
      /^major: .*~1me~1\/get\/parameters.* Required `colour` query parameter was added\.$/,
    ],
    [
      "an optional parameter that is new",
      ({ paths }) => paths["/v1/me/"]?.get.parameters.push(PARAMETER),
      /^minor: .*~1me~1\/get\/parameters.* it was added$/,
    ],
  ])("%s fails", async (_, change, line) => {
    await seed(change);
    const { faults } = await breakingChanges.check(copy.root);
    expect(faults).toContainEqual(expect.stringMatching(line));
    expect(faults).toContainEqual(expect.stringContaining("package.json needs a new minor version after 0.1.0"));
    expect(faults).toContainEqual(expect.stringContaining("info.version must be above"));
  });

  test("a change of descriptions passes", async () => {
    await seed(({ paths }) => {
      if (paths["/v1/me/"]) paths["/v1/me/"].get.description = "Who am I?";
    });
    const { summary, faults } = await breakingChanges.check(copy.root);
    expect(faults).toEqual([]);
    expect(summary).toBe("since 0.1.0: 0 breaking, 0 additions, 1 in words only");
  });
});

test("with new versions and an entry in the change log, a breaking change passes", async () => {
  await seed((document) => {
    document.info.version = "9999.1.0";
    document.paths["/v1/me/"]?.get.parameters.push({ ...PARAMETER, required: true });
  });
  await copy.edit<{ version: string }>("package.json", (manifest) => {
    manifest.version = "0.2.0";
  });
  await copy.write("CHANGELOG.md", "# Change log\n\n## 0.2.0\n\n### Changed\n\n- `me.get` asks for a colour.\n");
  expect((await breakingChanges.check(copy.root)).faults).toEqual([]);
});

describe("the version that a change asks for", () => {
  const changeLog = "# Change log\n\n## Unreleased\n\n### Changed\n\n- Something.\n\n## 0.1.0\n\n- All.\n";
  const document = { released: "2026.11.0", current: "2026.12.0" };
  const faults = (impact: "major" | "minor", from: string, to: string, text = changeLog) =>
    versionFaults({
      impact,
      released: { package: from, document: document.released },
      current: { package: to, document: document.current },
      changeLog: text,
    });

  test.each([
    ["major", "0.1.0", "0.2.0"],
    ["minor", "0.1.0", "0.2.0"],
    ["major", "0.9.0", "1.0.0"],
    ["major", "1.4.2", "2.0.0"],
    ["minor", "1.9.2", "1.10.0"],
    ["minor", "1.4.2", "2.0.0"],
  ] as const)("%s after %s: %s is enough", (impact, from, to) => {
    expect(faults(impact, from, to)).toEqual([]);
  });

  test.each([
    ["major", "0.1.0", "0.1.1"],
    ["minor", "0.1.0", "0.1.0"],
    ["major", "1.4.2", "1.5.0"],
    ["minor", "1.4.2", "1.4.3"],
    ["minor", "1.4.2", "1.3.0"],
    ["major", "2.0.0", "1.9.0"],
  ] as const)("%s after %s: %s is not", (impact, from, to) => {
    expect(faults(impact, from, to)).toHaveLength(1);
  });

  test("an older entry does not count, and a breaking change needs a heading Changed or Removed", () => {
    expect(faults("minor", "0.1.0", "0.2.0", changeLog.replace("- Something.", ""))).toEqual([
      'CHANGELOG.md has no entry under "Unreleased" or "0.2.0".',
    ]);
    expect(faults("major", "0.1.0", "0.2.0", changeLog.replace("### Changed", "### Added"))).toEqual([
      'CHANGELOG.md has no breaking change under "### Changed" or "### Removed".',
    ]);
  });

  test("the section of a version is found with its date and its link", () => {
    expect(sectionOf("## [1.2.0] - 2026-11-24\n\n- One.\n\n## 1.1.0\n\n- Two.\n", "1.2.0")).toContain("- One.");
    expect(sectionOf("## 1.1.0\n\n- Two.\n", "1.2.0")).toBe("");
  });
});

/** Changes the document of the copy, and that change alone. */
async function seed(change: (document: Document) => void): Promise<void> {
  await copy.write(DOCUMENT, released);
  await copy.edit(DOCUMENT, change);
}
