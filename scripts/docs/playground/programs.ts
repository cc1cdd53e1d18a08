import type { Content } from "../content/content.ts";

/** The modules that a program can import in the playground. */
const MODULES: readonly string[] = [
  "angelcam-client",
  "angelcam-client/contract",
  "angelcam-client/node",
  "angelcam-client/sandbox",
  "angelcam-client/webhooks",
  "node:assert/strict",
  "node:fs/promises",
  "node:test",
];

/** A program that the playground offers. */
export interface Program {
  /** What follows `playground.html#`: `cameras.list`, or `guides/limits/1`. */
  readonly id: string;
  readonly title: string;
  readonly group: string;
  readonly code: string;
}

/** True where every import of the code can be resolved in the playground. */
export function isRunnable(code: string): boolean {
  const imports = [...code.matchAll(/^(?:import|\} from|(?:im|ex)port [^"';]*? from) "([^"]+)"/gm)].map(
    ([, module = ""]) => module,
  );
  return (
    imports.some((module) => module.startsWith("angelcam-client")) &&
    imports.every((module) => MODULES.includes(module))
  );
}

/** The address of the playground with a block of a guide, from the folder of the docs. */
export function blockAddress(guide: string, block: number): string {
  return `playground.html#guides/${guide}/${block}`;
}

/** The TypeScript sample of every operation, and every TypeScript block of the guides that can be run. */
export function programsOf(content: Content): Program[] {
  const guides = content.guides.flatMap(({ name, title, text }) =>
    [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].flatMap((match, index) => {
      const [, code = ""] = match;
      if (!isRunnable(code)) return [];
      const before = text.slice(0, match.index);
      const heading =
        before
          .match(/^#{2,3} .+$/gm)
          ?.at(-1)
          ?.replace(/^#+ /, "") ?? title;
      return [{ id: `guides/${name}/${index + 1}`, title: heading.replaceAll("`", ""), group: title, code }];
    }),
  );
  const samples = content.chapters.flatMap((chapter) =>
    chapter.operations
      .filter(({ isWebhook }) => !isWebhook)
      .map(({ id, title, samples: all }) => {
        const code = all.find(({ lang }) => lang === "TypeScript")?.source ?? "";
        return { id, title, group: chapter.title, code: `${code}\n` };
      }),
  );
  return [...guides, ...samples];
}
