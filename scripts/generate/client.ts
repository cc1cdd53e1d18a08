import type { Document, Parameter, Schema } from "./document.ts";
import { resolve } from "./document.ts";
import { describeMethod, docComment } from "./method-comment.ts";
import { camelCase, className, parentOf } from "./naming.ts";
import type { OperationFacts } from "./operation-facts.ts";

/**
 * Writes the text of `generated/client.ts`: one interface per resource with one typed, documented method per operation.
 * The methods themselves are made from the operation table: see `src/client/resources.ts`.
 *
 * @param samples TypeScript samples by operationId, shown as `@example` of the method.
 */
export function writeClient(
  document: Document,
  operations: readonly OperationFacts[],
  samples: ReadonlyMap<string, string>,
): string {
  const resources = groupByResource(operations);
  const imports = new Set<string>();
  const interfaces = [...resources].map(([name, members]) =>
    writeResource(document, name, members, resources, samples, imports),
  );
  const body = [...interfaces, writeRoot(document, resources)].join("\n");
  return [BANNER, writeImports(body, imports), body].join("\n");
}

const BANNER = "// Written by `npm run generate` from spec/openapi.yaml. Do not edit: change the spec instead.\n";

/** The types that the generated file takes from `src/client`, by file. */
const RUNTIME_TYPES = {
  "api-promise": ["ApiPromise"],
  "operation-types": ["BodyOf", "QueryOf", "ResponseOf"],
  "pagination/page-promise": ["PagePromise"],
  "request-options": ["RequestOptions"],
};

function writeImports(body: string, schemas: ReadonlySet<string>): string {
  const code = body.replace(/\/\*\*[\s\S]*?\*\//g, "");
  const lines = Object.entries(RUNTIME_TYPES).flatMap(([file, types]) => {
    const used = types.filter((name) => new RegExp(`\\b${name}\\b`).test(code));
    return used.length > 0 ? [`import type { ${used.join(", ")} } from "../src/client/${file}.ts";`] : [];
  });
  if (schemas.size > 0) lines.push(`import type { ${[...schemas].sort().join(", ")} } from "./schema.ts";`);
  return `${lines.join("\n")}\n`;
}

type Resources = ReadonlyMap<string, readonly OperationFacts[]>;

/** Every resource, parents included even where they have no method of their own. */
function groupByResource(operations: readonly OperationFacts[]): Resources {
  const resources = new Map<string, OperationFacts[]>();
  for (const operation of operations) {
    for (let depth = 1; depth <= operation.resource.length; depth++) {
      const name = operation.resource.slice(0, depth).join(".");
      const members = resources.get(name) ?? [];
      if (depth === operation.resource.length) members.push(operation);
      resources.set(name, members);
    }
  }
  return resources;
}

function writeResource(
  document: Document,
  name: string,
  members: readonly OperationFacts[],
  resources: Resources,
  samples: ReadonlyMap<string, string>,
  imports: Set<string>,
): string {
  const children = [...resources.keys()].filter((other) => parentOf(other) === name);
  const tag = document.tags?.find((candidate) => candidate.name === members[0]?.tag);
  return [
    docComment([firstSentence(tag?.description) ?? `The resource \`${name}\`.`]),
    `export interface ${className(name)} {`,
    ...writeChildren(document, children, resources),
    members
      .filter((operation) => !operation.openedInBrowser)
      .map((operation) => writeMethod(document, operation, samples.get(operation.id), imports))
      .join("\n\n"),
    "}\n",
  ].join("\n");
}

function writeMethod(
  document: Document,
  operation: OperationFacts,
  sample: string | undefined,
  imports: Set<string>,
): string {
  const path = operation.pathParameters.map((parameter) => ({
    name: camelCase(parameter.name),
    type: parameterType(document, parameter),
  }));
  const input = writeInput(operation);
  const parameters = [
    ...path.map(({ name, type }) => `${name}: ${type}`),
    ...(input ? [input] : []),
    "options?: RequestOptions",
  ];
  const { kind, type } = writeResult(document, operation, imports);
  return [
    docComment(describeMethod(operation, sample), "  "),
    `  ${operation.verb}(${parameters.join(", ")}): ${kind}<${type}>;`,
  ].join("\n");
}

function writeInput(operation: OperationFacts): string | undefined {
  if (operation.contentType) {
    return `body${operation.bodyRequired ? "" : "?"}: BodyOf<${quote(operation.id)}>`;
  }
  if (operation.queryParameters.length === 0) return undefined;
  const required = operation.queryParameters.some((parameter) => parameter.required);
  return `query${required ? "" : "?"}: QueryOf<${quote(operation.id)}>`;
}

/** A named schema is imported under its name, so that editors show `Camera` and not a path into a type. */
function writeResult(document: Document, operation: OperationFacts, imports: Set<string>) {
  const [schema] = operation.responses;
  if (operation.pagination && schema) {
    const items = resolve(document, schema).properties?.results?.items;
    return {
      kind: "PagePromise",
      type: schemaName(items, imports) ?? `ResponseOf<${quote(operation.id)}>["results"][number]`,
    };
  }
  const only = operation.responses.length === 1;
  const type = only && !schema ? "undefined" : only ? schemaName(schema, imports) : undefined;
  return { kind: "ApiPromise", type: type ?? `ResponseOf<${quote(operation.id)}>` };
}

function schemaName(schema: Schema | undefined, imports: Set<string>): string | undefined {
  const name = schema?.$ref?.match(/^#\/components\/schemas\/([A-Za-z0-9]+)$/)?.[1];
  if (name) imports.add(name);
  return name;
}

function writeRoot(document: Document, resources: Resources): string {
  const roots = [...resources.keys()].filter((name) => parentOf(name) === "");
  return [
    docComment(["Every resource of the API, each a property of the client."]),
    "export interface Resources {",
    ...writeChildren(document, roots, resources),
    "}\n",
  ].join("\n");
}

function writeChildren(document: Document, children: readonly string[], resources: Resources): string[] {
  return children.flatMap((child) => {
    const tag = document.tags?.find((candidate) => candidate.name === resources.get(child)?.[0]?.tag);
    return [
      docComment([firstSentence(tag?.description) ?? `The resource \`${child}\`.`], "  "),
      `  readonly ${child.split(".").at(-1)}: ${className(child)};`,
    ];
  });
}

function parameterType(document: Document, parameter: Parameter): string {
  const type = resolve(document, parameter.schema ?? {}).type;
  return type === "integer" || type === "number" ? "number" : "string";
}

function firstSentence(text: string | undefined): string | undefined {
  return text?.match(/^[\s\S]*?\.(?=\s|$)/)?.[0].replace(/\s+/g, " ") ?? text?.trim();
}

function quote(text: string): string {
  return JSON.stringify(text);
}
