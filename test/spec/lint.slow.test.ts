import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const REDOCLY = fileURLToPath(import.meta.resolve("@redocly/cli/bin/cli.js"));

interface Fault {
  file: string;
  /** The text to replace, and its replacement. */
  from: string;
  to: string;
  rule: string;
  /** A text of the line that the linter must name. */
  line: string;
}

const FAULTS: Fault[] = [
  { file: "openapi.yaml", from: "  /v1/me/:", to: "  /v1/me:", rule: "rule/path-ends-in-slash", line: "  /v1/me:" },
  {
    file: "paths/v1/me.yaml",
    from: "me.get",
    to: "get_me",
    rule: "rule/operation-id-is-a-method-name",
    line: "operationId: get_me",
  },
  {
    file: "paths/v1/cameras.yaml",
    from: '    "429":\n      $ref: ../../responses/Throttled.yaml\n',
    to: "",
    rule: "rule/operation-declares-429",
    line: "  responses:",
  },
  {
    file: "parameters/LocationId.yaml",
    from: "example: 87\n",
    to: "",
    rule: "rule/parameter-has-example",
    line: "name: location_id",
  },
  {
    file: "parameters/MaxWidth.yaml",
    from: "example: 640",
    to: "example: wide",
    rule: "no-invalid-parameter-examples",
    line: "example: wide",
  },
  {
    file: "schemas/Snapshot.yaml",
    from: "    description: When the picture was taken, in UTC.\n",
    to: "",
    rule: "rule/schema-has-description",
    line: "    type: string\n    format: date-time",
  },
  {
    file: "schemas/OAuthToken.yaml",
    from: "    format: password\n",
    to: "",
    rule: "rule/credential-has-password-format",
    line: "    description: The token for the",
  },
  {
    file: "responses/NotAuthenticated.yaml",
    from: "retry.",
    to: "retry",
    rule: "rule/response-description-style",
    line: "description: The token is missing",
  },
  {
    file: "examples/camera_online.yaml",
    from: "  type: h264",
    to: "  type: gif",
    rule: "no-invalid-media-type-examples",
    line: "  type: gif",
  },
  {
    file: "examples/error_not_found.yaml",
    from: "  status: 404",
    to: "  status: 404\n  hint: sign in",
    rule: "no-invalid-media-type-examples",
    line: "  hint: sign in",
  },
];

test("redocly lint finds 0 errors and 0 warnings in the document", async () => {
  const { totals, problems } = await lint(ROOT);
  expect(problems).toEqual([]);
  expect(totals).toEqual({ errors: 0, warnings: 0, ignored: 0 });
});

test("a fault in the document is reported with rule, file and line", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "angelcam-lint-"));
  try {
    await cp(path.join(ROOT, "spec"), path.join(folder, "spec"), { recursive: true });
    await cp(path.join(ROOT, "redocly.yaml"), path.join(folder, "redocly.yaml"));
    const expected: Problem[] = [];
    for (const fault of FAULTS) {
      const file = path.join(folder, "spec", fault.file);
      const sound = await readFile(file, "utf8");
      const faulty = sound.replace(fault.from, fault.to);
      expect(faulty, `${fault.file} no longer holds ${fault.from}`).not.toBe(sound);
      await writeFile(file, faulty);
      const line = faulty.slice(0, faulty.indexOf(fault.line)).split("\n").length;
      expected.push({ rule: fault.rule, file: `spec/${fault.file}`, line });
    }
    const { problems } = await lint(folder);
    expect(problems).toEqual(expect.arrayContaining(expected));
    // The document has no other faults, so each report belongs to one of these.
    expect(new Set(problems.map(({ file }) => file))).toEqual(new Set(expected.map(({ file }) => file)));
  } finally {
    await rm(folder, { recursive: true });
  }
});

interface Problem {
  rule: string;
  file: string;
  line: number;
}

interface Report {
  totals: { errors: number; warnings: number; ignored: number };
  problems: Problem[];
}

interface RawReport {
  totals: Report["totals"];
  problems: { ruleId: string; location: { source: { ref: string }; start?: { line: number } }[] }[];
}

/** Lints as `npx redocly lint` does, with the configuration of the folder. */
function lint(folder: string): Promise<Report> {
  const environment = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_NOTIFICATIONS: "true" };
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [REDOCLY, "lint", "--format=json"],
      { cwd: folder, env: environment },
      (error, stdout, stderr) => {
        if (!stdout.startsWith("{")) return reject(error ?? new Error(stderr));
        const { totals, problems } = JSON.parse(stdout) as RawReport;
        resolve({
          totals,
          problems: problems.map(({ ruleId, location: [place] }) => ({
            rule: ruleId,
            file: place?.source.ref ?? "",
            line: place?.start?.line ?? 0,
          })),
        });
      },
    );
  });
}
