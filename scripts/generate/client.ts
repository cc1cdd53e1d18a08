import type { Document, Parameter, Schema, Server } from "./document.ts";
import { resolve } from "./document.ts";
import { describeMethod, docComment } from "./method-comment.ts";
import { camelCase, className, parentOf } from "./naming.ts";
import type { OperationFacts } from "./operation-facts.ts";
import { groupOperations, type OperationGroup, writeNumbers, writeRows } from "./operation-rows.ts";
import { readSecretNames } from "./secrets.ts";
import { type ServerTable, serverTable } from "./servers.ts";

/**
 * Writes the text of `generated/client.ts`: the servers, the operation table, and one interface a resource with one
 * typed method an operation. The methods themselves are made from the table: see `resourcesOf` in `src/client/operation.ts`.
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
  const servers = serverTable(operations);
  const body = [
    writeServers(servers),
    writeSecrets(document),
    writeTable(operations, servers),
    ...interfaces,
    writeRoot(document, resources),
  ].join("\n");
  return [BANNER, writeImports(body, imports), body].join("\n");
}

const BANNER = "// Written by `npm run generate` from spec/openapi.yaml. Do not edit: change the spec instead.\n";

/** The types that the generated file takes from `src/client/operation.ts`, which is made for it. */
const RUNTIME_TYPES = ["ApiPromise", "BodyOf", "PagePromise", "QueryOf", "RequestOptions", "ResponseOf"];

function writeImports(body: string, schemas: ReadonlySet<string>): string {
  const code = body.replace(/\/\*\*[\s\S]*?\*\//g, "");
  const types = RUNTIME_TYPES.filter((name) => new RegExp(`\\b${name}\\b`).test(code));
  const lines = [
    `import { ${types.map((name) => `type ${name}, `).join("")}resourcesOf } from "../src/client/operation.ts";`,
    'import { readOperationTable } from "../src/client/operation-table.ts";',
  ];
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

function writeServers(table: ServerTable): string {
  const names = [...new Set([...table.values()].flatMap(({ servers }) => servers.map((server) => server["x-name"])))];
  return [
    docComment([
      "The servers of the document, by the group of operations that they serve; the first of each is the default.",
    ]),
    "export const servers = {",
    ...[...table].map(([name, { servers }]) => {
      const entries = servers.map(writeServer);
      return `  ${name}: { ${entries.join(", ")} },`;
    }),
    "} as const;\n",
    docComment(["A server that the document names."]),
    `export type ServerName = ${names.map((name) => quote(name ?? "")).join(" | ")};\n`,
  ].join("\n");
}

/** A variable is written with its default: `{streamer=rec-streamer-eu-central-1}`. */
function writeServer({ "x-name": name = "", url, variables = {} }: Server): string {
  const filled = url.replace(/\{(\w+)\}/g, (_, variable) => `{${variable}=${variables[variable]?.default ?? ""}}`);
  return `${name}: ${quote(filled)}`;
}

function writeSecrets(document: Document): string {
  return [
    docComment(["Fields that hold a credential: their values are removed from whatever is shown."]),
    `export const secretNames = ${JSON.stringify(readSecretNames(document)).replaceAll(",", ", ")} as const;\n`,
  ].join("\n");
}

function writeTable(operations: readonly OperationFacts[], servers: ServerTable): string {
  return [
    docComment([
      "What the runtime knows of each operation; `src/client/operation-table.ts` tells what the words mean.",
    ]),
    "export const operations = /* @__PURE__ */ readOperationTable([",
    ...groupOperations(operations).map((group) => writeGroup(group, servers)),
    "]);\n",
  ].join("\n");
}

function writeGroup(group: OperationGroup, table: ServerTable): string {
  const { servers, security } = group.operations[0] as OperationFacts;
  const [name] = [...table].find(([, { key }]) => key === JSON.stringify(servers)) ?? [];
  const numbers = Object.entries(writeNumbers(group)).map(([kind, names]) => `${quote(kind)}: ${quote(names)}`);
  return [
    "  {",
    `    servers: servers.${name},`,
    `    security: [${security.map(quote).join(", ")}],`,
    `    numbers: {${numbers.map((line) => `\n      ${line},`).join("")}${numbers.length > 0 ? "\n    " : ""}},`,
    "    rows: `",
    ...writeRows(group),
    "`,",
    "  },",
  ].join("\n");
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
  const { kind, type } = writeAnswer(document, operation, imports);
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
function writeAnswer(document: Document, operation: OperationFacts, imports: Set<string>) {
  const [schema] = operation.answers;
  if (operation.paging && schema) {
    const items = resolve(document, schema).properties?.results?.items;
    return {
      kind: "PagePromise",
      type: schemaName(items, imports) ?? `ResponseOf<${quote(operation.id)}>["results"][number]`,
    };
  }
  const only = operation.answers.length === 1;
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
    docComment(["The class behind the resources."]),
    "export const Resources = /* @__PURE__ */ resourcesOf<Resources>(operations);\n",
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
