import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { OAuthError } from "../../../generated/schema.ts";
import type { Document, Schema } from "../../generate/document.ts";
import type { ReadBody } from "./read-body.ts";
import type { Rules } from "./rules.ts";
import { choiceOf } from "./select-branch.ts";
import type { Refusal, Violation } from "./validation-error.ts";

/** The refusal of a request that breaks the document in these places: the fields at fault, each with what is wrong. */
export function refusalOf(violations: readonly Violation[], rules: Rules): Refusal {
  const problems = new Map<string, string[]>();
  for (const violation of violations) {
    const field = fieldOf(violation, rules);
    if (field === undefined) continue;
    const messages = problems.get(field) ?? [];
    problems.set(field, [...new Set([...messages, messageOf(violation)])]);
  }
  const [first] = violations;
  const detail = problems.size > 0 ? problems : first ? messageOf(first) : "The request breaks the document.";
  return { status: 400, detail, violations, oauthCode: oauthCodeOf(violations) };
}

/** Leaves out what Prism says of the branches of a `oneOf` that were not meant. */
export function withoutNoise(
  document: Document,
  violations: readonly Violation[],
  body: ReadBody | undefined,
  rules: Rules,
): readonly Violation[] {
  const choice = rules.body && choiceOf(document, rules.body.schema);
  if (!choice || !body) return violations;
  const elsewhere = violations.filter(({ location }) => location[1] !== "body");
  const inBody = violations.filter(({ location }) => location[1] === "body");
  if (inBody.length === 0) return violations;
  const value = body.value[choice.field];
  const meant = choice.branches.get(value);
  if (!meant) return [...elsewhere, notAChoice(choice.field, value, choice.branches.keys())];
  const told = inBody.filter((violation) => concerns(violation, document, meant, body.value));
  return [...elsewhere, ...(told.length > 0 ? told : inBody)];
}

/** The name of the field at fault, with dots between levels; undefined where the request as a whole is at fault. */
function fieldOf({ location, code, message }: Violation, { parameters }: Rules): string | undefined {
  const [, place, ...path] = location;
  const missing = code === "required" ? message.match(/property '(.+)'/)?.[1] : undefined;
  const names = [...path, ...(missing === undefined ? [] : [missing])].filter((name) => !/^\d+$/.test(name));
  if (names.length === 0) return undefined;
  if (place === "body") return names.join(".");
  const [name = ""] = names;
  return parameters.find((one) => one.in === place && one.name.toLowerCase() === name.toLowerCase())?.name ?? name;
}

/** What is wrong, as a sentence: of Prism's only the end, since the field is named beside it. */
function messageOf({ code, message }: Violation): string {
  if (code === "required" && message.includes("property '")) return "This field is required.";
  const end = message.match(/\b(must\b.*)$/s)?.[1];
  const sentence = end === undefined ? message : `M${end.slice(1)}`;
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

function oauthCodeOf(violations: readonly Violation[]): OAuthError["error"] {
  const isUnknownGrant = violations.some(
    ({ location, code }) => location.at(-1) === "grant_type" && (code === "const" || code === "enum"),
  );
  return isUnknownGrant ? "unsupported_grant_type" : "invalid_request";
}

function notAChoice(field: string, value: unknown, allowed: Iterable<unknown>): Violation {
  const base = { location: ["request", "body", field], severity: "Error" } as const;
  return value === undefined
    ? { ...base, location: ["request", "body"], code: "required", message: `must have required property '${field}'` }
    : { ...base, code: "enum", message: `must be one of: ${[...allowed].join(", ")}` };
}

/** True for what Prism says of the branch that was meant, and not of another one that has the same field. */
function concerns(
  { location, code, message }: Violation,
  document: Document,
  meant: Schema,
  value: Readonly<Record<string, unknown>>,
): boolean {
  const { properties = {}, required = [] } = meant as Schema & { required?: string[] };
  const name = location[2];
  const field = name === undefined ? undefined : properties[name];
  if (name !== undefined) return field !== undefined && !fits(document, field, value[name]);
  const missing = code === "required" ? message.match(/property '(.+)'/)?.[1] : undefined;
  return missing !== undefined ? required.includes(missing) : code !== "oneOf";
}

function fits(document: Document, schema: Schema, value: unknown): boolean {
  const ajv = addFormats.default(new Ajv2020({ strict: false }));
  // References lead to where the document has its parts.
  return ajv.validate({ ...schema, components: document.components }, value);
}
