import type { Random } from "../base/random.ts";
import { DAY, HOUR } from "../base/time.ts";
import type { OpenApiDocument } from "../openapi/openapi-document.ts";
import type { OpenApiContent, OpenApiOperation, OpenApiParameter } from "../openapi/operation.ts";
import { partsOf, type Schema, typesOf } from "../openapi/schema.ts";

/** Makes valid requests for operations. */
export class RequestGenerator {
  readonly #document: OpenApiDocument;
  readonly #random: Random;
  readonly #now: number;

  /** @param now Milliseconds since 1970 (UTC); periods that are requested end there. */
  constructor(document: OpenApiDocument, random: Random, now: number) {
    this.#document = document;
    this.#random = random;
    this.#now = now;
  }

  /** One of the values. */
  pick = <T>(values: readonly T[]): T => values[this.#random.integer(0, values.length - 1)] as T;

  /**
   * A valid query, `?limit=5`, or nothing. A request that changes something has one optional parameter at most: some
   * exclude each other, which a document cannot say.
   *
   * @param withOptional Whether some of the optional parameters are sent, too.
   * @param idsNamed The ids of the account for a parameter: an example of one belongs to the document.
   */
  query(
    { method, parameters }: OpenApiOperation,
    withOptional: boolean,
    idsNamed: (name: string) => readonly string[],
  ): string {
    const query = new URLSearchParams();
    let mayAdd = withOptional;
    for (const parameter of parameters.filter((one) => one.in === "query")) {
      if (!parameter.required && !(mayAdd && this.#random.chance(50))) continue;
      const value = isOptionalId(parameter) ? this.#pickFrom(idsNamed(parameter.name)) : this.#valueOf(parameter);
      if (value === undefined) continue;
      query.set(parameter.name, value);
      if (!parameter.required && method !== "GET") mayAdd = false;
    }
    return query.size === 0 ? "" : `?${query}`;
  }

  /** A body and its content type; undefined for an operation without one, or one that cannot be made. */
  body({ body }: OpenApiOperation): { readonly contentType: string; readonly text: string } | undefined {
    for (const [contentType, content] of Object.entries(body?.content ?? {})) {
      const value = this.#exampleOf(content);
      if (value === undefined) continue;
      if (contentType === "application/json") return { contentType, text: JSON.stringify(value) };
      if (contentType === "application/x-www-form-urlencoded") {
        return { contentType, text: new URLSearchParams(value as Record<string, string>).toString() };
      }
    }
    return undefined;
  }

  #exampleOf({ examples, schema }: OpenApiContent): unknown {
    const values = Object.values(examples ?? {}).map(
      (one) => this.#document.resolve(one) as { readonly value?: unknown },
    );
    if (values.length > 0) return this.pick(values).value;
    return (this.#document.resolve(schema) as { readonly examples?: readonly unknown[] }).examples?.[0];
  }

  #pickFrom(values: readonly string[]): string | undefined {
    return values.length > 0 ? this.pick(values) : undefined;
  }

  #valueOf(parameter: OpenApiParameter): string | undefined {
    const { name } = parameter;
    const schema: Schema & { minimum?: number; maximum?: number; examples?: readonly unknown[] } = Object.assign(
      {},
      ...partsOf(parameter.schema, "", this.#document).map((part) => part.schema),
    );
    if (schema.format === "date-time") return this.#time(name);
    if (schema.enum) return String(this.pick(schema.enum));
    const types = typesOf(parameter.schema, this.#document) ?? [];
    if (types.includes("boolean")) return this.pick(["true", "false"]);
    if (name === "offset") return String(this.#random.integer(0, 2));
    if (types.includes("integer") && (schema.minimum !== undefined || schema.maximum !== undefined)) {
      const { minimum = 0, maximum = Math.max(minimum, 100) } = schema;
      return String(this.#random.integer(minimum, Math.min(maximum, minimum + 99)));
    }
    const { example } = parameter as { readonly example?: unknown };
    const value = example ?? schema.examples?.[0];
    return value === undefined ? undefined : String(value);
  }

  /** `start`, `from` and the like are before every `end`. The API writes no milliseconds. */
  #time(name: string): string {
    const isEnd = /end|until|before|to$/.test(name);
    const time = isEnd ? this.#now - this.#random.next() * HOUR : this.#now - DAY / 2 - (this.#random.next() * DAY) / 2;
    return new Date(time).toISOString().replace(/\.\d+Z$/, "Z");
  }
}

function isOptionalId({ name, required }: OpenApiParameter): boolean {
  return /(?:^|_)ids?$/.test(name) && !required;
}
