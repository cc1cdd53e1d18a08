import { cp, mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { storeys } from "../../scripts/shared/gates/storeys.ts";
import { withTemporaryFolder } from "../../scripts/shared/gates/temporary-folder.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const CONFIGURATION = "scripts/shared/gates/storeys.config.mjs";

const SOUND = {
  "generated/operations.ts": "export const operations = {};\n",
  "src/base/clock.ts": "export interface Clock { now(): number }\n",
  "src/auth/session.ts": 'import type { Clock } from "../base/clock.ts";\nexport type Session = Clock;\n',
};

/** The faults that the gate finds in a small repository. */
async function faultsOf(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  return withTemporaryFolder(async (root) => {
    const all = {
      ...SOUND,
      ...files,
      "tsconfig.json": '{ "compilerOptions": { "allowImportingTsExtensions": true } }',
    };
    for (const [name, text] of Object.entries(all)) {
      await mkdir(path.dirname(path.join(root, name)), { recursive: true });
      await writeFile(path.join(root, name), text);
    }
    await mkdir(path.join(root, path.dirname(CONFIGURATION)), { recursive: true });
    await cp(path.join(ROOT, CONFIGURATION), path.join(root, CONFIGURATION));
    await symlink(path.join(ROOT, "node_modules"), path.join(root, "node_modules"));
    return (await storeys.check(root)).faults;
  });
}

test("imports that point downwards: no fault", async () => {
  expect(await faultsOf({})).toEqual([]);
});

test("each forbidden import is named with its file and its rule", async () => {
  const faults = await faultsOf({
    // A type from a layer above, which makes a cycle.
    "src/base/clock.ts":
      'import type { Session } from "../auth/session.ts";\nexport type Clock = Session | undefined;\n',
    // The other folder of the same layer.
    "src/quota/quota.ts": 'import type { Session } from "../auth/session.ts";\nexport type Quota = Session;\n',
    // Knowledge of Angelcam in base.
    "src/base/loopback.ts": 'export { operations } from "../../generated/operations.ts";\n',
    // An import in the operation table.
    "generated/operations.ts":
      'export const operations = {};\nexport type { Entry } from "../src/webhooks/index.ts";\n',
    "src/webhooks/index.ts": "export type Entry = string;\n",
    // An entry point in a lower layer.
    "src/transport/events.ts": 'export type { Entry } from "../webhooks/index.ts";\n',
    // openapi-fetch in a second file.
    "src/transport/retry.ts": 'export { mergeHeaders } from "openapi-fetch";\n',
  });
  expect(faults.map((fault) => fault.replace(/\S*node_modules/, "node_modules")).toSorted()).toEqual([
    "generated/operations.ts -> src/webhooks/index.ts: the operation table and the schema import nothing",
    "src/auth/session.ts -> src/base/clock.ts -> src/auth/session.ts: no cycle",
    "src/base/clock.ts -> src/auth/session.ts: base imports from below",
    "src/base/loopback.ts -> generated/operations.ts: base knows nothing of Angelcam",
    "src/quota/quota.ts -> src/auth/session.ts: quota imports from below",
    "src/transport/events.ts -> src/webhooks/index.ts: transport imports from below",
    "src/transport/retry.ts -> node_modules/openapi-fetch/dist/index.mjs: only transport/openapi-fetch.ts imports openapi-fetch",
  ]);
});
