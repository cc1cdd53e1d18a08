import { readFile } from "node:fs/promises";
import path from "node:path";
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";

/**
 * Finds the file and line in which a JSON pointer of the bundle was written, following `$ref` from file to file.
 *
 * @returns `spec/paths/v1/me.yaml:3`, relative to `root`. Where the pointer leads nowhere, the last location on its way.
 */
export async function locate(root: string, entry: string, pointer: string): Promise<string> {
  const names = namesOf(pointer);
  const location = await descend(await open(path.join(root, entry)), names);
  const line = location.lines.linePos(location.offset).line;
  return `${path.relative(root, location.file)}:${line}`;
}

interface Location {
  file: string;
  node: Node | null;
  offset: number;
  lines: LineCounter;
}

async function open(file: string): Promise<Location> {
  const lines = new LineCounter();
  const document = parseDocument(await readFile(file, "utf8"), { lineCounter: lines });
  return { file, node: document.contents, offset: 0, lines };
}

async function descend(start: Location, names: readonly string[]): Promise<Location> {
  let location = start;
  for (const name of names) {
    const next = child(location.node, name);
    if (!next) break;
    location = await follow({ ...location, node: next.value, offset: next.offset });
  }
  return location;
}

/** A `$ref` names a file, a location in it, or both; it may lead to a `$ref` again. */
async function follow(location: Location): Promise<Location> {
  const reference = isMap(location.node) ? location.node.get("$ref") : undefined;
  if (typeof reference !== "string") return location;
  const [file = "", pointer = ""] = reference.split("#");
  const target = await open(path.resolve(path.dirname(location.file), file || location.file));
  return pointer ? descend(target, namesOf(decodeURIComponent(pointer))) : follow(target);
}

function namesOf(pointer: string): string[] {
  return pointer
    .replace(/^#?\//, "")
    .split("/")
    .map((name) => name.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function child(node: Node | null, name: string): { value: Node | null; offset: number } | undefined {
  if (isSeq(node)) {
    const value = node.items[Number(name)] as Node | undefined;
    return value && { value, offset: value.range?.[0] ?? 0 };
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === name);
  return pair && { value: pair.value as Node | null, offset: (pair.key as Node).range?.[0] ?? 0 };
}
