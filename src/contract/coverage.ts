import type { OpenApiDocument } from "../openapi/openapi-document.ts";
import type { OpenApiOperation } from "../openapi/operation.ts";
import { fieldsIn } from "./fields-in.ts";

/** The kinds of parts that are counted: see {@link Coverage}. */
export type CoverageKind = "operations" | "parameters" | "fields" | "responses" | "properties";

/** How much of one kind was exercised. */
export interface CoverageCount {
  readonly exercised: number;
  /** How many the document has. */
  readonly total: number;
  /** The names of those that were not exercised. */
  readonly missing: readonly string[];
}

/**
 * The part of the document that was exercised.
 *
 * - `operations`: requests, such as `cameras.list`.
 * - `parameters`: in path, query and headers, such as `cameras.list query limit`.
 * - `fields`: in the bodies of requests, such as `ClipCreate.name`.
 * - `responses`: statuses of operations, such as `cameras.list 200`.
 * - `properties`: in the bodies of responses, such as `Camera.status`. Schemas are shared: one sighting counts for all.
 *
 * It is plain data: write it to a file as JSON, and hand it to `createContract({ coverage })` to go on from there.
 */
export type Coverage = Readonly<Record<CoverageKind, CoverageCount>>;

/** Every kind that is counted, in the order of a report. */
export const COVERAGE_KINDS: readonly CoverageKind[] = [
  "operations",
  "parameters",
  "fields",
  "responses",
  "properties",
];

/** Counts what was exercised. */
export class CoverageRegistry {
  readonly #document: OpenApiDocument;
  readonly #exercised: Readonly<Record<CoverageKind, Set<string>>> = emptySets();
  #known: Readonly<Record<CoverageKind, ReadonlySet<string>>> | undefined;

  /**
   * @param earlier Coverage of other runs to go on from.
   * @throws TypeError for one of another document, which lacks names of this one: they would count as exercised.
   */
  constructor(document: OpenApiDocument, earlier: readonly Coverage[]) {
    this.#document = document;
    for (const coverage of earlier) {
      for (const kind of COVERAGE_KINDS) {
        const documented = this.#documented[kind];
        const { total, missing = [] }: Partial<CoverageCount> = coverage[kind] ?? {};
        if (total !== documented.size || missing.some((name) => !documented.has(name))) {
          const sizes = `it has ${total} ${kind}, and this one has ${documented.size}`;
          throw new TypeError(`createContract: the coverage is not one of this document: ${sizes}. Begin without it`);
        }
        const open = new Set(missing);
        this.add(
          kind,
          [...documented].filter((name) => !open.has(name)),
        );
      }
    }
  }

  /** Counts what was seen. */
  add(kind: CoverageKind, names: Iterable<string>): void {
    for (const name of names) this.#exercised[kind].add(name);
  }

  /** The exercised part of what the document has. */
  get coverage(): Coverage {
    const count = (kind: CoverageKind): CoverageCount => {
      const missing = [...this.#documented[kind]].filter((name) => !this.#exercised[kind].has(name));
      const total = this.#documented[kind].size;
      return { exercised: total - missing.length, total, missing };
    };
    return Object.fromEntries(COVERAGE_KINDS.map((kind) => [kind, count(kind)])) as Record<CoverageKind, CoverageCount>;
  }

  /** Read when it is needed first: most contracts only check. */
  get #documented(): Readonly<Record<CoverageKind, ReadonlySet<string>>> {
    this.#known ??= documentedIn(this.#document);
    return this.#known;
  }
}

/** The name of a parameter in the coverage. */
export function parameterName(
  operation: OpenApiOperation,
  parameter: { readonly in: string; readonly name: string },
): string {
  return `${operation.id} ${parameter.in} ${parameter.name}`;
}

function documentedIn(document: OpenApiDocument): Record<CoverageKind, Set<string>> {
  const documented = emptySets();
  for (const operation of document.operations) {
    documented.operations.add(operation.id);
    for (const parameter of operation.parameters) documented.parameters.add(parameterName(operation, parameter));
    for (const { schema } of Object.values(operation.body?.content ?? {})) {
      for (const name of fieldsIn(schema, `${operation.id} request`, document)) documented.fields.add(name);
    }
    for (const [status, { content = {} }] of Object.entries(operation.responses)) {
      documented.responses.add(`${operation.id} ${status}`);
      for (const { schema } of Object.values(content)) {
        for (const name of fieldsIn(schema, `${operation.id} ${status}`, document)) documented.properties.add(name);
      }
    }
  }
  return documented;
}

function emptySets(): Record<CoverageKind, Set<string>> {
  return Object.fromEntries(COVERAGE_KINDS.map((kind) => [kind, new Set<string>()])) as Record<
    CoverageKind,
    Set<string>
  >;
}
