import { execFile } from "node:child_process";
import { cp } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { generate } from "../../scripts/generate/main.ts";
import { removeFolder, writeFolder } from "./spec-folder.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SMALL = fileURLToPath(new URL("small", import.meta.url));

/** Code that a user of the small spec may write, and code that the compiler must reject. */
const USE = `
import type { Resources } from "./generated/client.ts";
import type { ServerName } from "./generated/operations.ts";
import type { Page } from "./src/client/pagination/page.ts";

declare const client: Resources;
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <T extends true>(): T | undefined => undefined;

same<Same<ServerName, "production" | "test">>();
import type { Thing } from "./generated/schema.ts";
same<Same<keyof Thing, "id" | "made_at">>();
same<Same<Awaited<ReturnType<typeof client.things.get>>, Thing>>();
same<Same<Awaited<ReturnType<typeof client.things.create>>, Thing>>();
same<Same<Awaited<ReturnType<typeof client.things.list>>, Page<Thing>>>();
same<Same<Awaited<ReturnType<typeof client.news.items.list>>, Page<string>>>();
same<Same<Awaited<ReturnType<typeof client.things.delete>>, undefined>>();
same<Same<Awaited<ReturnType<typeof client.things.parts.start>>, Thing | { ticket: string } | undefined>>();
same<Same<Awaited<ReturnType<typeof client.settings.get>>, { theme: string }>>();

client.things.list();
client.things.list({ limit: 5, tags: ["a"] }, { timeout: 5 });
client.things.list({ since: "2026-11-24T18:00:00Z" });
client.things.list({ since: new Date() });
client.things.parts.start(7, "lid");
client.things.parts.start(7, "lid", { speed: 2 });

// @ts-expect-error the query has a required parameter
client.things.get(7);
// @ts-expect-error the id is a number
client.things.get("7", { width: 64 });
// @ts-expect-error there is no such query parameter
client.things.list({ size: 5 });
// @ts-expect-error the body is required
client.things.replace("7");
// @ts-expect-error a field is missing
client.tokens.create({ name: "a" });
// @ts-expect-error there is no such server
client.settings.get({ server: "staging" });
`;

test("the generated code of a small spec type-checks, and has the types of the spec", async () => {
  const files = [...(await generate(SMALL))].map(([name, content]) => [`generated/${name}`, content]);
  const root = await writeFolder({
    ...Object.fromEntries(files),
    "package.json": '{ "type": "module" }',
    "tsconfig.json": JSON.stringify({
      extends: path.join(ROOT, "tsconfig.json"),
      compilerOptions: { types: [] },
      include: ["generated", "use.ts"],
    }),
    "use.ts": USE,
  });
  onTestFinished(() => removeFolder(root));
  await cp(path.join(ROOT, "src"), path.join(root, "src"), { recursive: true });
  expect(await compile(root)).toBe("");
});

/** The errors of the compiler; empty when there are none. */
function compile(root: string): Promise<string> {
  const tsc = path.join(ROOT, "node_modules/typescript/bin/tsc");
  return new Promise((resolve) => {
    execFile(process.execPath, [tsc, "-p", root], { cwd: root }, (error, output) =>
      resolve(output || (error?.message ?? "")),
    );
  });
}
