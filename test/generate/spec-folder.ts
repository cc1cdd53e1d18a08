import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** Files by their path below a root. */
export type Files = Readonly<Record<string, string>>;

/** What the linter of a small spec minds. */
export const LINT_RULES = "extends: [minimal]\nrules:\n  operation-summary: error\n";

/** Marks the line of a spec that an error must name. */
export const FAULT = "# at fault";

/**
 * A small spec with the layout of this repository: an entry file, and one file for each path.
 *
 * @param paths YAML of each path item.
 */
export function smallSpec(paths: Files): Files {
  const references = Object.keys(paths).map((url) => `  ${url}:\n    $ref: ${fileOf(url)}\n`);
  return {
    "redocly.yaml": LINT_RULES,
    "spec/openapi.yaml": `${FRONT_DOOR}paths:\n${references.join("")}`,
    ...Object.fromEntries(Object.entries(paths).map(([url, text]) => [`spec/${fileOf(url)}`, text])),
  };
}

const FRONT_DOOR = `openapi: 3.1.0
info:
  title: Small
  version: 1.0.0
servers:
  - url: https://api.example.com
    x-name: production
  - url: https://api.test.example.com
    x-name: test
security:
  - BearerToken: []
tags:
  - name: things
    description: Things of all kinds. There are many of them.
components:
  securitySchemes:
    BearerToken:
      type: http
      scheme: bearer
    OAuth2:
      type: oauth2
      flows:
        password:
          tokenUrl: https://my.example.com/oauth/token/
          scopes:
            things_access: Read things.
`;

/** `paths/things/{thing_id}.yaml` for `/things/{thing_id}/`. */
function fileOf(url: string): string {
  return `paths${url.replace(/\/$/, "")}.yaml`;
}

/** Writes the files into a folder, a new one by default. The caller removes it with `removeFolder`. */
export async function writeFolder(files: Files, into?: string): Promise<string> {
  const root = into ?? (await mkdtemp(path.join(tmpdir(), "angelcam-test-")));
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(root, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return root;
}

/** Removes a folder with all that is in it. */
export function removeFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true });
}

/** `spec/paths/things.yaml:3`: the line that carries the mark. */
export function placeOfFault(files: Files): string {
  for (const [name, text] of Object.entries(files)) {
    const line = text.split("\n").findIndex((candidate) => candidate.includes(FAULT));
    if (line >= 0) return `${name}:${line + 1}`;
  }
  throw new Error(`No line of the spec is marked "${FAULT}".`);
}
