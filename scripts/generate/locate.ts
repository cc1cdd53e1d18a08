import { readFile } from "node:fs/promises";
import path from "node:path";
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";

/**
 * Finds the file and line in which a JSON pointer of the bundle was written, following `$ref` from file to file.
 *
 * @returns `spec/paths/v1/me.yaml:3`, relative to `root`. Where the pointer leads nowhere, the last place on its way.
 */
export async function locate(root: string, entry: string, pointer: string): Promise<string> {
  const names = namesOf(pointer);
  const place = await descend(await open(path.join(root, entry)), names);
  const line = place.lines.linePos(place.offset).line;
  return `${path.relative(root, place.file)}:${line}`;
}

interface Place {
  file: string;
  node: Node | null;
  offset: number;
  lines: LineCounter;
}

async function open(file: string): Promise<Place> {
  const lines = new LineCounter();
  const document = parseDocument(await readFile(file, "utf8"), { lineCounter: lines });
  return { file, node: document.contents, offset: 0, lines };
}

async function descend(start: Place, names: readonly string[]): Promise<Place> {
  let place = start;
  for (const name of names) {
    const next = child(place.node, name);
    if (!next) break;
    place = await follow({ ...place, node: next.value, offset: next.offset });
  }
  return place;
}

/** A `$ref` names a file, a place in it, or both; what is there may be a `$ref` again. */
async function follow(place: Place): Promise<Place> {
  const reference = isMap(place.node) ? place.node.get("$ref") : undefined;
  if (typeof reference !== "string") return place;
  const [file = "", pointer = ""] = reference.split("#");
  const target = await open(path.resolve(path.dirname(place.file), file || place.file));
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
