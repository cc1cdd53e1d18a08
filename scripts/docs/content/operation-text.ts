import { type Document, resolve } from "../../generate/document.ts";
import type { PlacedOperation } from "../../shared/sample-request.ts";
import { code, fenced } from "./cells.ts";
import { bodyTable, type Presence, parameterTable, type SchemaLink } from "./field-table.ts";
import { isWebhook } from "./outline.ts";
import {
  type BodyPart,
  examplesOf,
  type MediaType,
  type ParameterPart,
  type ResponsePart,
  responsesOf,
} from "./parts.ts";

/** How an operation is written as Markdown. */
export interface OperationTextOptions {
  /** The level of its first heading, from 1 on. */
  readonly level: number;
  /** The address of a named schema; without it the fields of the schema are listed in place. */
  readonly schemaLink?: (name: string) => string;
}

/**
 * An operation in Markdown: description, parameters, body, samples and responses, with every example.
 *
 * @param document The document with its code samples.
 */
export function operationText(document: Document, place: PlacedOperation, options: OperationTextOptions): string {
  const { operation } = place;
  const heading = (depth: number, text: string) => `${"#".repeat(options.level + depth)} ${text}`;
  const section = (title: string, blocks: readonly string[]) =>
    blocks.length === 0 ? [] : [heading(1, title), ...blocks];
  const responses = responsesOf(document, operation).flatMap(([status, response]) => [
    heading(2, status),
    response.description?.trim() ?? "",
    ...responseBlocks(document, response, options.schemaLink),
  ]);
  const blocks = [
    heading(0, operation.summary ?? place.id),
    opening(place),
    ...(operation.deprecated ? ["**Deprecated.** Do not use it in new code."] : []),
    operation.description?.trim() ?? "",
    facts(document, place),
    ...section("Parameters", parameterTable(document, parametersOf(document, place))),
    ...section("Body", bodyBlocks(document, place, options.schemaLink)),
    ...section("Samples", samplesOf(place)),
    ...section(isWebhook(place) ? "Your response" : "Responses", responses),
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

/** Method and path, and the method of the client. */
function opening(place: PlacedOperation): string {
  if (isWebhook(place)) return `Angelcam sends ${code(place.method)} to your server.`;
  return `${code(`${place.method} ${place.path}`)} is ${code(`angelcam.${place.id}`)} in the client.`;
}

function facts(document: Document, place: PlacedOperation): string {
  if (isWebhook(place)) return "";
  const { operation } = place;
  const servers = place.servers.map(({ url }) => code(url)).join(" or ");
  return [
    `- Server: ${servers}`,
    `- Authentication: ${securityOf(document, place)}`,
    ...(operation["x-pagination"] ? [`- Pagination: by ${operation["x-pagination"]}`] : []),
    ...(operation["x-retry"] === "always" ? ["- Idempotent: the client retries it after a failure."] : []),
  ].join("\n");
}

function securityOf(document: Document, { operation }: PlacedOperation): string {
  const ways = operation.security ?? document.security ?? [];
  const named = ways.flatMap((way) =>
    Object.entries(way).map(
      ([name, scopes]) => `${name}${scopes.length > 0 ? ` (scope ${scopes.map(code).join(", ")})` : ""}`,
    ),
  );
  return named.length === 0 ? "none" : named.join(" or ");
}

function parametersOf(document: Document, { path, operation }: PlacedOperation): ParameterPart[] {
  const parameters = [...(document.paths?.[path]?.parameters ?? []), ...(operation.parameters ?? [])];
  return parameters.map((parameter) => resolve(document, parameter) as ParameterPart);
}

function bodyBlocks(document: Document, { operation }: PlacedOperation, link: SchemaLink): string[] {
  if (!operation.requestBody) return [];
  const body = resolve(document, operation.requestBody) as BodyPart;
  return [
    ...(body.description ? [body.description.trim()] : []),
    ...contentBlocks(document, body.content, link, "Required"),
  ];
}

function responseBlocks(document: Document, response: ResponsePart, link: SchemaLink): string[] {
  const headers = Object.entries(response.headers ?? {}).map(([name, header]) => ({
    ...resolve(document, header),
    name,
    in: "header",
  }));
  return [...parameterTable(document, headers), ...contentBlocks(document, response.content ?? {}, link, "Always")];
}

/** Media types with the same schema share one table. */
function contentBlocks(
  document: Document,
  content: Record<string, MediaType>,
  link: SchemaLink,
  presence: Presence,
): string[] {
  const types = Object.keys(content);
  const [first] = Object.values(content);
  if (!first) return [];
  const same = Object.values(content).every((media) => JSON.stringify(media.schema) === JSON.stringify(first.schema));
  const listed: [string, MediaType][] = same ? [[types.map(code).join(" or "), first]] : Object.entries(content);
  return listed.flatMap(([type, media]) => [
    ...(type === "`application/json`" ? [] : [`As ${type}:`]),
    ...(media.schema ? bodyTable(document, media.schema, link, presence) : []),
    ...examplesOf(document, media).flatMap(({ summary = "Example", value }) => [
      `**Example: ${summary}**`,
      fenced("json", JSON.stringify(value, null, 2)),
    ]),
  ]);
}

function samplesOf({ operation }: PlacedOperation): string[] {
  const { "x-codeSamples": samples = [] } = operation as {
    "x-codeSamples"?: { lang: string; label: string; source: string }[];
  };
  return samples.flatMap(({ lang, label, source }) => [
    `**${label}**`,
    fenced(lang === "Shell" ? "sh" : lang.toLowerCase(), source),
  ]);
}
