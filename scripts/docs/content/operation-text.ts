import { type Document, resolve } from "../../generate/document.ts";
import { blocks, code, fenced } from "./cells.ts";
import type { DocsOperation } from "./content.ts";
import { bodyTable, type Presence, parameterTable } from "./field-table.ts";
import type { Nested } from "./fields.ts";
import {
  examplesOf,
  type MediaType,
  type MessagePart,
  type ParameterPart,
  parametersOf,
  responsesOf,
} from "./parts.ts";

/**
 * An operation in Markdown: description, parameters, body, samples and responses, with every example.
 *
 * @param document The document with its code samples.
 * @param nested Whether the fields of named schemas are listed in place.
 * @param level The level of its first heading, from 1 on.
 */
export function operationText(document: Document, place: DocsOperation, nested: Nested, level: number): string {
  const { operation, title, isWebhook, samples } = place;
  const heading = (depth: number, text: string) => `${"#".repeat(level + depth)} ${text}`;
  const section = (name: string, parts: readonly string[]) => (parts.length === 0 ? [] : [heading(1, name), ...parts]);
  const body = operation.requestBody && (resolve(document, operation.requestBody) as MessagePart);
  const responses = responsesOf(document, place).flatMap(([status, { description = "", headers = {}, content }]) => [
    heading(2, status),
    description.trim(),
    ...parameterTable(document, headersOf(document, headers)),
    ...contentBlocks(document, content, nested, "Always"),
  ]);
  return blocks([
    heading(0, title),
    isWebhook
      ? `Angelcam sends ${code(place.method)} to your server.`
      : `${code(`${place.method} ${place.path}`)} is ${code(`angelcam.${place.id}`)} in the client.`,
    operation.deprecated ? "**Deprecated.** Do not use it in new code." : "",
    operation.description?.trim() ?? "",
    isWebhook ? "" : facts(document, place),
    ...section("Parameters", parameterTable(document, parametersOf(document, place))),
    ...section(
      "Body",
      body ? [body.description?.trim() ?? "", ...contentBlocks(document, body.content, nested, "Required")] : [],
    ),
    ...section(
      "Samples",
      samples.flatMap(({ lang, label, source }) => [`**${label}**`, fenced(lang.toLowerCase(), source)]),
    ),
    ...section(isWebhook ? "Your response" : "Responses", responses),
  ]);
}

function facts(document: Document, { operation, servers }: DocsOperation): string {
  const ways = (operation.security ?? document.security ?? []).flatMap((way) => Object.entries(way));
  const named = ways.map(([name, scopes]) =>
    scopes.length > 0 ? `${name} (scope ${scopes.map(code).join(", ")})` : name,
  );
  return [
    `- Server: ${servers.map(({ url }) => code(url)).join(" or ")}`,
    `- Authentication: ${named.join(" or ") || "none"}`,
    ...(operation["x-pagination"] ? [`- Pagination: by ${operation["x-pagination"]}`] : []),
    ...(operation["x-retry"] === "always" ? ["- Idempotent: the client retries it after a failure."] : []),
  ].join("\n");
}

function headersOf(document: Document, headers: Record<string, ParameterPart>): ParameterPart[] {
  return Object.entries(headers).map(([name, header]) => ({ ...resolve(document, header), name, in: "header" }));
}

/** Media types with the same schema share one table. */
function contentBlocks(
  document: Document,
  content: Record<string, MediaType> | undefined,
  nested: Nested,
  presence: Presence,
): string[] {
  const types = Object.entries(content ?? {}).map(([type, media]) => [code(type), media] as const);
  const areSame = new Set(types.map(([, { schema }]) => JSON.stringify(schema))).size === 1;
  const shared = types.slice(0, 1).map(([, media]) => [types.map(([type]) => type).join(" or "), media] as const);
  return (areSame ? shared : types).flatMap(([type, media]) => [
    type === "`application/json`" ? "" : `As ${type}:`,
    ...(media.schema ? bodyTable(document, media.schema, nested, presence) : []),
    ...examplesOf(document, media).flatMap(({ summary = "Example", value }) => [
      `**Example: ${summary}**`,
      fenced("json", JSON.stringify(value, null, 2)),
    ]),
  ]);
}
