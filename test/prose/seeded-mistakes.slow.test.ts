import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it, vi } from "vitest";
import { checkBlocks } from "./check-blocks.ts";
import { proseBlocks } from "./code-blocks.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");

vi.setConfig({ hookTimeout: 600_000 });

describe("a mistake in a copy of the guides is caught with its file and line", () => {
  let copy: string;
  let faults: string[];
  const expected: string[] = [];

  beforeAll(async () => {
    copy = await mkdtemp(path.join(tmpdir(), "angelcam-guides-"));
    await cp(path.join(ROOT, "README.md"), path.join(copy, "README.md"));
    await cp(path.join(ROOT, "spec/guides"), path.join(copy, "spec/guides"), { recursive: true });
    await seed("README.md", "account.email,", "account.mail,");
    await seed("spec/guides/footage.md", "recordings.snapshot(recording.id,", 'recordings.snapshot("",');
    await seed("spec/guides/clips.md", "email: ", "e_mail: ");
    await seed("spec/guides/testing.md", '["Back door"]', '["Front door"]');
    await seed("spec/guides/pages.md", '"count": 11,', "count: 11,");
    await seed("spec/guides/limits.md", "Content-Type: application/json", "Content-Type application/json");
    await seed("spec/guides/live-view.md", "player.loadSource(url)", "player.load(url)");
    await seed("spec/guides/migrate.md", "?limit=5&tags=outdoor", "?limit=0&tags=outdoor");
    await seed("spec/guides/quick-start.md", "npm run mock", "npm run moock");
    const damaged = proseBlocks(copy).filter(({ file }) => expected.some((place) => place.startsWith(`${file}:`)));
    faults = await checkBlocks(damaged, inject("prismOrigin"));
  });
  afterAll(() => rm(copy, { recursive: true, force: true }));

  /** Replaces the first match by a mistake, and expects its line in the report. */
  async function seed(name: string, right: string, wrong: string): Promise<void> {
    const file = path.join(copy, name);
    const text = await readFile(file, "utf8");
    const at = text.indexOf(right);
    expect(at, `${name} holds ${right}`).toBeGreaterThan(0);
    await writeFile(
      file,
      text.replace(right, () => wrong),
    );
    expected.push(`${name}:${text.slice(0, at).split("\n").length}`);
  }

  it("each of them, in any language, and no other line", () => {
    const places = faults.map((fault) => fault.match(/^[^:]+:\d+/)?.[0] ?? fault);
    expect([...new Set(places)].toSorted()).toEqual(expected.toSorted());
  });
});
