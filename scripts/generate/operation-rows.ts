import { nameOf, resourceOf } from "./naming.ts";
import type { NumberBounds, OperationFacts } from "./operation-facts.ts";

// Writes what `src/client/operation-table.ts` reads, which tells what the words mean.

/** Operations that have servers, security and the bounds of their numbers in common. */
export interface OperationGroup {
  readonly operations: OperationFacts[];
  /** What each parameter that they name may be; the empty text where it is no number. */
  readonly parameters: Map<string, string>;
}

/**
 * Puts operations together that have so much in common, the biggest group first. One that means something else by the
 * name of a parameter begins a group of its own.
 */
export function groupOperations(operations: readonly OperationFacts[]): OperationGroup[] {
  const groups: OperationGroup[] = [];
  for (const operation of operations) {
    const parameters = parametersOf(operation);
    let group = groups.find(
      (candidate) =>
        callingOf(candidate.operations[0]) === callingOf(operation) &&
        [...parameters].every(([name, kind]) => (candidate.parameters.get(name) ?? kind) === kind),
    );
    if (!group) {
      group = { operations: [], parameters: new Map() };
      groups.push(group);
    }
    group.operations.push(operation);
    for (const [name, kind] of parameters) group.parameters.set(name, kind);
  }
  return groups.sort((a, b) => b.operations.length - a.operations.length);
}

/** The names of numeric parameters by what they may be: `{ "whole number from 1 to 100": "limit" }`. */
export function writeNumbers({ parameters }: OperationGroup): Record<string, string> {
  const numbers: Record<string, string> = {};
  for (const [name, kind] of parameters) {
    if (kind) numbers[kind] = numbers[kind] ? `${numbers[kind]} ${name}` : name;
  }
  return numbers;
}

/** The rows of a group: one a resource, and more where its paths branch. */
export function writeRows({ operations }: OperationGroup): string[] {
  const resources = new Map<string, Place[]>();
  for (const operation of operations) {
    const resource = operation.resource.join(".");
    const places = resources.get(resource) ?? [];
    resources.set(resource, places);
    const { path, word } = placeOf(operation);
    const place = places.find((candidate) => candidate.path === path);
    if (place) place.words.push(word);
    else places.push({ path, words: [word] });
  }
  return [...resources].flatMap(([resource, places]) => writeBranches(resource, places)).sort(byPath);
}

/** In the order of the paths, wherever they stand in a row: what is alike stands together, as compression likes it. */
function byPath(row: string, other: string): number {
  return row.slice(row.indexOf("/")) < other.slice(other.indexOf("/")) ? -1 : 1;
}

/** A path, and the words for the operations of a resource that stand there. */
interface Place {
  readonly path: string;
  readonly words: string[];
}

/** An operation whose path ends in its own verb stands one step above, with a slash: `/start`. */
function placeOf(operation: OperationFacts): { path: string; word: string } {
  const [, above = "", last = ""] = operation.path.match(/^(.*\/)([^/]+)\/$/) ?? [];
  return nameOf(last) === operation.verb
    ? { path: above, word: writeWord(operation, `/${last}`) }
    : { path: operation.path, word: writeWord(operation, operation.verb) };
}

function writeWord(operation: OperationFacts, verb: string): string {
  const { method, contentType, paging, pageLimit, repeatable } = operation;
  const marks = [];
  if (contentType) marks.push(contentType === "application/json" ? "json" : "form");
  if (contentType && !operation.bodyRequired) marks.push("optional");
  if (operation.mayBeEmpty) marks.push("empty");
  if (paging) marks.push(pageLimit === undefined ? paging : `${paging}:${pageLimit}`);
  if (repeatable !== (method !== "POST")) marks.push(repeatable === true ? "repeat" : repeatable || "once");
  if (method === "GET" && !operation.shareable) marks.push("alone");
  if (operation.openedInBrowser) marks.push("browser");
  const query = operation.queryParameters.length > 0 ? "?" : "";
  return `${verb}${method === "GET" ? "" : `=${method}`}${query}${marks.map((mark) => `+${mark}`).join("")}`;
}

/** Each row goes on to longer paths as long as there are any, first to those with the most operations. */
function writeBranches(resource: string, places: readonly Place[]): string[] {
  const left = [...places].sort((a, b) => depthOf(a) - depthOf(b) || b.words.length - a.words.length);
  const rows: string[] = [];
  for (let place = left.shift(); place; place = left.shift()) {
    const row = [writeStart(resource, place.path), ...place.words];
    for (let next = takeBelow(left, place); next; next = takeBelow(left, place)) {
      row.push(next.path.slice(place.path.length), ...next.words);
      place = next;
    }
    rows.push(row.join(" "));
  }
  return rows;
}

function takeBelow(left: Place[], { path }: Place): Place | undefined {
  const index = left.findIndex((candidate) => candidate.path.startsWith(path));
  return index < 0 ? undefined : left.splice(index, 1)[0];
}

function depthOf({ path }: Place): number {
  return path.split("/").length;
}

/** The longest beginning of the path that tells the resource, and its rest; else the resource, and the whole path. */
function writeStart(resource: string, path: string): string {
  const segments = path.match(/[^/]*\//g) ?? [];
  for (let count = segments.length; count > 0; count--) {
    const start = segments.slice(0, count).join("");
    if (resourceOf(start) === resource) return `${start} ${path.slice(start.length)}`.trim();
  }
  return `${resource} ${path}`;
}

/** Operations are called alike that have this in common. */
function callingOf(operation: OperationFacts | undefined): string {
  return JSON.stringify([operation?.servers, operation?.security]);
}

function parametersOf({ pathParameters, queryParameters, numbers }: OperationFacts): Map<string, string> {
  return new Map([...pathParameters, ...queryParameters].map(({ name }) => [name, writeKind(numbers[name])]));
}

function writeKind(bounds: NumberBounds | undefined): string {
  if (!bounds) return "";
  const { integer, minimum, maximum } = bounds;
  const from = minimum === undefined ? "" : ` from ${minimum}`;
  const to = maximum === undefined ? "" : minimum === undefined ? ` up to ${maximum}` : ` to ${maximum}`;
  return `${integer ? "whole " : ""}number${from}${to}`;
}
