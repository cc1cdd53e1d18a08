import { readJson } from "../contract/body.ts";
import type { OpenApiOperation } from "../openapi/operation.ts";

/** The path of a request, and whether its last id came from the very list that it belongs to. */
export interface ConcretePath {
  readonly path: string;
  readonly isListed: boolean;
}

/** Ids that responses have brought, to call the operations that need one. */
export class IdPool {
  /** By the path of the list, such as `/v1/cameras/20311/clips/`. */
  readonly #byPath = new Map<string, Set<string>>();
  /** By the name of a parameter, such as `recording_id`. */
  readonly #byName = new Map<string, Set<string>>();

  /** Remembers the ids of a list, or of a single item. */
  learn(path: string, bodyText: string): void {
    const read = readJson(bodyText);
    if ("problem" in read) return;
    // A few lists come without pages.
    const { results = read.value } = (read.value ?? {}) as { readonly results?: unknown };
    // The ids of another list are none of an empty one.
    if (Array.isArray(results) && !this.#byPath.has(path)) this.#byPath.set(path, new Set());
    for (const item of [results].flat()) {
      const id = idOf(item);
      if (id === undefined) continue;
      if (Array.isArray(results)) add(this.#byPath, path, id);
      add(this.#byName, nameFor(path), id);
    }
  }

  /** Forgets the item at a path that was deleted, and what belongs to it. */
  forget(path: string): void {
    const [, list = "", id = ""] = path.match(/^(.*\/)([^/]+)\/$/) ?? [];
    this.#byPath.get(list)?.delete(decodeURIComponent(id));
    this.#byName.get(nameFor(list))?.delete(decodeURIComponent(id));
    for (const below of [...this.#byPath.keys()].filter((known) => known.startsWith(path))) this.#byPath.delete(below);
  }

  /** The ids that are known for a parameter of this name, such as `location_id`. */
  idsNamed(name: string): readonly string[] {
    return [...(this.#byName.get(name) ?? [])];
  }

  /**
   * The path of an operation with ids in it, each percent-encoded; undefined when one is not known yet.
   *
   * @param pick Chooses one of several ids, and of the values that are examples in the document.
   */
  pathOf({ path, parameters }: OpenApiOperation, pick: <T>(values: readonly T[]) => T): ConcretePath | undefined {
    let isListed = false;
    let found = "";
    for (const part of path.split(/(?<=\/)/)) {
      const [, name] = part.match(/^\{(\w+)\}/) ?? [];
      if (name === undefined) {
        found += part;
        continue;
      }
      const listed = this.#byPath.get(found);
      const parameter = parameters.find((one) => one.name === name && one.in === "path");
      const documented = name.endsWith("_id") ? [] : valuesOf(parameter);
      const values = [...(listed ?? this.#byName.get(name) ?? documented)];
      if (values.length === 0) return undefined;
      isListed = listed !== undefined;
      found += part.replace(`{${name}}`, encodeURIComponent(pick(values)));
    }
    return { path: found, isListed: isListed && /\{\w+\}\/?$/.test(path) };
  }
}

/** `recording_id` for `/v1/cameras/7/recordings/` and for `/v1/cameras/7/recording/`. */
function nameFor(path: string): string {
  const segments = path.split("/").filter((segment) => segment !== "");
  const last = segments.findLast((segment) => /^[a-z-]+$/.test(segment)) ?? "";
  return `${last.replace(/s$/, "").replaceAll("-", "_")}_id`;
}

function idOf(item: unknown): string | undefined {
  const id = typeof item === "object" && item !== null ? (item as { readonly id?: unknown }).id : undefined;
  // An id that would lead upwards cannot be sent in a path.
  const isUsable = typeof id === "number" || (typeof id === "string" && id !== "" && !/^\.{1,2}$/.test(id));
  return isUsable ? String(id) : undefined;
}

function valuesOf(parameter: { readonly schema: object; readonly example?: unknown } | undefined): string[] {
  const { enum: members = [], examples = [] } = (parameter?.schema ?? {}) as {
    readonly enum?: readonly unknown[];
    readonly examples?: readonly unknown[];
  };
  const example = parameter?.example === undefined ? [] : [parameter.example];
  return [...members, ...examples, ...example].map(String);
}

function add(pool: Map<string, Set<string>>, key: string, id: string): void {
  pool.set(key, (pool.get(key) ?? new Set()).add(id));
}
