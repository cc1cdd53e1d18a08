import type { NumberBounds, Operation, OperationId, SecurityScheme, Servers } from "./operation.ts";

/** Operations that have servers, security and the bounds of their numbers in common. */
export interface OperationGroup {
  readonly servers: Servers;
  readonly security: readonly SecurityScheme[];
  /** Names of numeric parameters by what they may be: `{ "whole number from 1 to 100": "limit" }`. */
  readonly numbers: Readonly<Record<string, string>>;
  /**
   * A resource a line, and in it a path that goes on from word to word, with the operations that stand at each step:
   *
   * ```
   * /v1/sensors/ list?+offset:100 create=POST+json {sensor_id}/ get delete=DELETE+empty /arm=POST+empty
   * ```
   *
   * `sensors.list` is a GET of `/v1/sensors/`, `sensors.delete` a DELETE of `/v1/sensors/{sensor_id}/`; `sensors.arm`
   * brings the end of its path along, and is a POST to `/v1/sensors/{sensor_id}/arm/`. The resource is named by the first
   * part of the path, as `cameras.clips` by `/v1/cameras/{camera_id}/clips/`; where it is not, its name leads the line.
   *
   * | mark | means |
   * | --- | --- |
   * | `=POST` | the method, where it is not GET |
   * | `?` | takes a query |
   * | `json`, `form` | takes a body in that encoding |
   * | `optional` | which may be left out |
   * | `empty` | a success answer may come without data |
   * | `offset:100`, `next` | paged in this manner, with at most so many items a page |
   * | `repeat`, `once`, `refused` | sending it twice is harmless, is not, or only after an answer that says that nothing was done; else a POST is `once` and all others `repeat` |
   * | `alone` | a GET whose answer is not shared |
   * | `browser` | opened by a person: no method |
   */
  readonly rows: string;
}

/** Reads the table that the generator wrote: small on the way to a browser, and spelled out once when it is loaded. */
export function readOperationTable(groups: readonly OperationGroup[]): Readonly<Record<OperationId, Operation>> {
  const operations: Record<string, Operation> = {};
  for (const { rows, numbers, ...common } of groups) {
    const group = { ...common, numbers: readNumbers(numbers) };
    for (const row of rows.trim().split("\n")) {
      let resource = "";
      let path = "";
      for (const word of row.split(" ")) {
        if (word.endsWith("/")) {
          resource ||= (word.match(/[a-z-]+(?=\/)/g) ?? []).join(".");
          path += word;
        } else if (resource) {
          const operation = readOperation(resource, path, word);
          operations[operation.id] = { ...operation, ...group };
        } else {
          resource = word;
        }
      }
    }
  }
  return operations as Record<OperationId, Operation>;
}

function readOperation(resource: string, above: string, word: string) {
  const [, slash, verb, method = "GET", query, marks = ""] = /(\/?)([\w-]+)(?:=([A-Z]+))?(\??)(.*)/.exec(word) ?? [];
  const has = (mark: string) => marks.includes(mark);
  const path = slash ? `${above}${verb}/` : above;
  const [, kind, limit] = /(offset|next):?(\d*)/.exec(marks) ?? [];
  const contentType = has("form") ? "application/x-www-form-urlencoded" : has("json") ? "application/json" : undefined;
  return {
    id: `${resource}.${verb}`.replace(/-(.)/g, (_, letter) => letter.toUpperCase()),
    method: method as Operation["method"],
    path,
    pathNames: path.match(/(?<=\{)[^{}]+/g) ?? [],
    paging: kind ? ({ kind, limit: Number(limit) || undefined } as Operation["paging"]) : undefined,
    input: contentType ? "body" : query ? "query" : undefined,
    contentType,
    bodyRequired: !!contentType && !has("optional"),
    mayBeEmpty: has("empty"),
    repeatable: has("refused") ? "refused" : has("repeat") || (method !== "POST" && !has("once")),
    shareable: method === "GET" && !has("alone"),
    openedInBrowser: has("browser"),
  } as const;
}

/** Spells out what `numbers` of a group says. */
export function readNumbers(names: Readonly<Record<string, string>>): Operation["numbers"] {
  const numbers: Record<string, NumberBounds> = {};
  for (const [kind, list] of Object.entries(names)) {
    const bound = (pattern: RegExp) => Number(pattern.exec(kind)?.[1]);
    const bounds = { kind, whole: kind.startsWith("whole"), minimum: bound(/from (\S+)/), maximum: bound(/to (\S+)/) };
    for (const name of list.split(" ")) numbers[name] = bounds;
  }
  return numbers;
}
