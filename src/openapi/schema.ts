/** A JSON Schema as OpenAPI 3.1 has it, as far as it is used here. */
export interface Schema {
  readonly $ref?: string;
  readonly title?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly readOnly?: boolean;
  readonly writeOnly?: boolean;
}

/** Resolves what a schema refers to; an `OpenApiDocument` does. */
export interface References {
  /** The part itself, or what its `$ref` leads to. */
  resolve<T extends object>(part: T): T;
  /** True for a name that belongs to a credential, or nearly so. */
  isSecretName(name: string): boolean;
}

/** A schema that holds for a value, with its name in the coverage. */
export interface SchemaPart {
  readonly schema: Schema;
  readonly label: string;
  /** True when no alternative of a `oneOf` was selected, so that its fields cannot be checked. */
  readonly isOpen?: boolean;
}

/** `Camera` for `#/components/schemas/Camera`, or the label that a schema without a name inherits. */
export function labelOf({ $ref, title }: Schema, inherited: string, isBranch = false): string {
  if ($ref !== undefined) return $ref.split("/").at(-1) ?? inherited;
  return isBranch ? (title ?? inherited) : inherited;
}

/** The schema and all that it includes by `$ref` and `allOf`: these hold together. */
export function partsOf(schema: Schema, label: string, references: References): SchemaPart[] {
  const own = references.resolve(schema);
  const name = labelOf(schema, label);
  return [{ schema: own, label: name }, ...(own.allOf ?? []).flatMap((part) => partsOf(part, name, references))];
}

/** The types that a schema allows; undefined when it allows all. */
export function typesOf(schema: Schema, references: References): readonly string[] | undefined {
  for (const { schema: part } of partsOf(schema, "", references)) {
    if (part.type !== undefined) return typeof part.type === "string" ? [part.type] : part.type;
  }
  return undefined;
}
