import type { CodeBlock } from "./code-blocks.ts";
import { compile, type Source } from "./compile.ts";

/** Declarations of the scripts that the pages of the guides load from other hosts, as far as they use them. */
const MODULES = `
declare module "https://cdn.jsdelivr.net/npm/hls.js@1/dist/hls.mjs" {
  export default class Hls {
    static isSupported(): boolean;
    static readonly Events: { readonly ERROR: "hlsError" };
    attachMedia(media: HTMLMediaElement): void;
    on(event: "hlsError", listener: (event: "hlsError", data: { fatal: boolean }) => void): void;
    loadSource(url: string): void;
    destroy(): void;
  }
}`;

/** A page is JavaScript: it is checked as far as it can be without types. */
const OPTIONS = { allowJs: true, checkJs: true, noImplicitAny: false, strictNullChecks: false } as const;
const UNTYPED = { ...OPTIONS, exactOptionalPropertyTypes: false, noImplicitReturns: false, types: [] };

/** Elements that are never closed. */
const VOID = new Set(["area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]);

/** Compiles the scripts of HTML blocks, and returns each fault with its file and line. */
export function compileScripts(pages: readonly CodeBlock[]): string[] {
  return compile(pages.flatMap(scriptsOf), { extension: "js", options: UNTYPED, declarations: MODULES });
}

/** The module scripts of a page. */
function scriptsOf({ file, line, code }: CodeBlock): Source[] {
  return [...code.matchAll(/<script type="module">(.*?)<\/script>/gs)].map((match) => ({
    file,
    line: line + lineBreaks(code.slice(0, match.index)),
    // A module by its text, also where it imports nothing.
    code: `${match[1] ?? ""}export {};`,
  }));
}

/** Returns each element of a page that is not closed, or closed without having been opened. */
export function checkElements({ file, line, code }: CodeBlock): string[] {
  const markup = code.replaceAll(/(<script\b[^>]*>)(.*?)(<\/script>)/gs, (_, start, text, end) => {
    return start + "\n".repeat(lineBreaks(text)) + end;
  });
  const open: { name: string; at: number }[] = [];
  const faults: string[] = [];
  for (const match of markup.matchAll(/<(\/?)([a-z][\w-]*)\b[^<>]*?(\/?)>|<(?!!)/gi)) {
    const [, slash, name, selfClosed] = match;
    const at = line + lineBreaks(markup.slice(0, match.index));
    if (name === undefined) faults.push(`${file}:${at}: a tag is not ended`);
    else if (slash) {
      if (open.at(-1)?.name === name) open.pop();
      else faults.push(`${file}:${at}: </${name}> closes nothing`);
    } else if (!selfClosed && !VOID.has(name)) open.push({ name, at });
  }
  return [...faults, ...open.map(({ name, at }) => `${file}:${at}: <${name}> is not closed`)];
}

function lineBreaks(text: string): number {
  return text.split("\n").length - 1;
}
