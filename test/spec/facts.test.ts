import { describe, expect, test } from "vitest";
import { compare } from "./compare.ts";
import { type Document, readDocument } from "./document.ts";
import { readFacts } from "./facts.ts";

/** The groups of the facts sheet that the document covers. */
const GROUPS = ["core"];

/** Where the document says something else than the facts sheet, on purpose. */
const DELIBERATE: Record<string, string> = {
  'GET /v1/cameras/ query ids: type "array", the facts say "string"':
    "A list that is sent with commas (explode: false): the same on the wire, and checked item by item.",
  'GET /v1/cameras/ query tags: type "array", the facts say "string"': "The same as ids.",
  'GET /v1/cameras/ query has_guests: type "integer", the facts say "boolean"':
    "The facts sheet's prose says that it is sent as 1 or 0, and no server is known to take true.",
  "GET /v1/cameras/ query has_guests: enum [0,1], the facts say none": "The two values that are sent.",
  'ValidationError.detail: type "array|string", the facts say "array"':
    "The facts sheet's own note: a plain string when the problem belongs to no field.",
};

const facts = readFacts();

describe.runIf(facts)("the document holds what the facts sheet lists", () => {
  const document = readDocument();
  const check = (changed: Document) => compare(changed, facts ?? { operations: [], schemas: {} }, GROUPS);
  const result = check(document);

  test("every operation, parameter, field, type, nullability, enum, required flag and status of the group", () => {
    expect(result.findings.filter((finding) => !(finding in DELIBERATE))).toEqual([]);
  });

  test("every deliberate difference still exists", () => {
    expect(Object.keys(DELIBERATE).filter((finding) => !result.findings.includes(finding))).toEqual([]);
  });

  test("something was compared", () => {
    expect(result.operations).toBeGreaterThanOrEqual(4);
    expect(result.fields).toBeGreaterThanOrEqual(70);
  });

  test.each<[string, (document: Document) => void, string]>([
    ["a missing operation", (spec) => delete spec.paths["/v1/me/"], "GET /v1/me/: operation is missing"],
    [
      "a missing parameter",
      (spec) => spec.paths["/v1/cameras/"]?.get?.parameters?.shift(),
      "GET /v1/cameras/ query limit: parameter is missing",
    ],
    [
      "a missing answer",
      (spec) => delete spec.paths["/v1/cameras/{camera_id}/"]?.get?.responses["404"],
      "GET /v1/cameras/{camera_id}/ 404: answer is missing",
    ],
    [
      "a missing request field",
      (spec) => delete spec.components.schemas.PasswordGrant?.properties?.username,
      "POST /oauth/token/ application/x-www-form-urlencoded username: field is missing",
    ],
    [
      "a missing field",
      (spec) => delete spec.components.schemas.Stream?.properties?.refresh_rate,
      "Stream.refresh_rate: field is missing",
    ],
    [
      "a field that cannot be null any more",
      (spec) => Object.assign(spec.components.schemas.Snapshot?.properties?.url ?? {}, { type: "string" }),
      "Snapshot.url: nullable false, the facts say true",
    ],
    [
      "a value left out of an enum",
      (spec) => spec.components.schemas.Camera?.properties?.type?.enum?.splice(1, 1),
      'Camera.type: enum ["h264","mjpeg"], the facts say ["h264","h265","mjpeg"]',
    ],
    [
      "a field that is no longer required",
      (spec) => spec.components.schemas.RefreshTokenGrant?.required?.splice(2, 1),
      "POST /oauth/token/ application/x-www-form-urlencoded refresh_token in Refresh token: required false, the facts say true",
    ],
    [
      "a missing scope",
      (spec) =>
        Object.assign(spec.paths["/v1/me/"]?.get ?? {}, { security: [{ OAuth2: [], PersonalAccessToken: [] }] }),
      'GET /v1/me/: scopes [], the facts say ["user_access"]',
    ],
  ])("%s would be found", (_fault, damage, finding) => {
    const damaged = structuredClone(document);
    damage(damaged);
    expect(check(damaged).findings).toContain(finding);
  });
});

if (!facts) test.skip("skipped: the facts sheet (../shared/api-facts) is not beside this clone", () => {});
