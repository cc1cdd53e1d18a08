import type { OpenApiOperation, OpenApiResponse } from "../openapi/operation.ts";
import { isJson, mediaTypeOf, readJson } from "./body.ts";
import { inspect } from "./inspect.ts";
import type { Inspection } from "./inspection.ts";
import type { ResponseMessage } from "./message.ts";
import { valueOfText } from "./text-value.ts";

/** Checks a response. Returns its status as the document declares it (`200`, `4XX`); undefined when it does not. */
export function checkResponse(
  operation: OpenApiOperation,
  response: ResponseMessage,
  inspection: Inspection,
): string | undefined {
  const { status } = response;
  const declared = declaredStatus(operation, status);
  const expected = declared === undefined ? undefined : operation.responses[declared];
  if (declared === undefined || !expected) {
    const known = Object.keys(operation.responses).join(", ");
    inspection.note({
      kind: "status",
      in: "status",
      pointer: "",
      text: "the status is not in the document",
      value: String(status),
      hint: `It has ${known}`,
    });
    return undefined;
  }
  const headers = new Headers(response.headers);
  checkHeaders(expected, headers, inspection);
  checkBody(operation, declared, expected, headers, response.bodyText, inspection);
  return declared;
}

function declaredStatus({ responses }: OpenApiOperation, status: number): string | undefined {
  return [String(status), `${Math.floor(status / 100)}XX`, "default"].find((name) => name in responses);
}

function checkHeaders({ headers: known = {} }: OpenApiResponse, headers: Headers, inspection: Inspection): void {
  for (const [name, { required, schema }] of Object.entries(known)) {
    const location = { in: "header", pointer: name } as const;
    const text = headers.get(name);
    if (text === null) {
      if (required) inspection.note({ kind: "missing", ...location, text: "is missing" });
    } else if (schema) {
      inspect(schema, name, valueOfText(text, schema, inspection.references), location, inspection);
    }
  }
}

function checkBody(
  operation: OpenApiOperation,
  status: string,
  { content }: OpenApiResponse,
  headers: Headers,
  text: string | undefined,
  inspection: Inspection,
): void {
  const location = { in: "body", pointer: "" } as const;
  if (!content) {
    if (text && !operation.isPage) {
      const length = `${text.length} characters`;
      inspection.note({ kind: "body", ...location, text: "must be empty: the document has none here", value: length });
    }
    return;
  }
  if (text === "") {
    inspection.note({ kind: "body", ...location, text: "is empty" });
    return;
  }
  const mediaType = mediaTypeOf(headers);
  const declared = content[mediaType ?? ""];
  if (!declared) {
    inspection.note({
      kind: "content_type",
      in: "header",
      pointer: "Content-Type",
      text: `must be ${Object.keys(content).join(" or ")}`,
      value: mediaType ?? "none",
    });
    return;
  }
  if (text === undefined || !isJson(mediaType ?? "")) return;
  const read = readJson(text);
  if ("problem" in read) inspection.note({ kind: "unreadable", ...location, text: read.problem });
  else inspect(declared.schema, `${operation.id} ${status}`, read.value, location, inspection);
}
