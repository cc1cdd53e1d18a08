import type { Answer, Operation } from "../openapi/openapi-document.ts";
import { isJson, mediaTypeOf, readJson } from "./body.ts";
import { inspect } from "./inspect.ts";
import type { Inspection } from "./inspection.ts";
import type { ResponseMessage } from "./message.ts";
import { valueOfText } from "./text-value.ts";

/** Holds an answer to the document. Gives the status as the document names it, undefined when it does not. */
export function checkAnswer(
  operation: Operation,
  response: ResponseMessage,
  inspection: Inspection,
): string | undefined {
  const { status } = response;
  const declared = declaredStatus(operation, status);
  const answer = declared === undefined ? undefined : operation.answers[declared];
  if (declared === undefined || !answer) {
    const known = Object.keys(operation.answers).join(", ");
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
  checkHeaders(answer, headers, inspection);
  checkBody(operation, declared, answer, headers, response.bodyText, inspection);
  return declared;
}

function declaredStatus({ answers }: Operation, status: number): string | undefined {
  return [String(status), `${Math.floor(status / 100)}XX`, "default"].find((name) => name in answers);
}

function checkHeaders({ headers: known = {} }: Answer, headers: Headers, inspection: Inspection): void {
  for (const [name, { required, schema }] of Object.entries(known)) {
    const spot = { in: "header", pointer: name } as const;
    const text = headers.get(name);
    if (text === null) {
      if (required) inspection.note({ kind: "missing", ...spot, text: "is missing" });
    } else if (schema) {
      inspect(schema, name, valueOfText(text, schema, inspection.references), spot, inspection);
    }
  }
}

function checkBody(
  operation: Operation,
  status: string,
  { content }: Answer,
  headers: Headers,
  text: string | undefined,
  inspection: Inspection,
): void {
  const spot = { in: "body", pointer: "" } as const;
  if (!content) {
    if (text && !operation.isPage) {
      const length = `${text.length} characters`;
      inspection.note({ kind: "body", ...spot, text: "must be empty: the document has none here", value: length });
    }
    return;
  }
  if (text === "") {
    inspection.note({ kind: "body", ...spot, text: "is empty" });
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
  if ("problem" in read) inspection.note({ kind: "unreadable", ...spot, text: read.problem });
  else inspect(declared.schema, `${operation.id} ${status}`, read.value, spot, inspection);
}
