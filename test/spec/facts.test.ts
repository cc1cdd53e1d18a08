import { describe, expect, test } from "vitest";
import { compare } from "./compare.ts";
import { DELIBERATE } from "./deliberate.ts";
import { type Document, readDocument } from "./document.ts";
import { readFacts } from "./facts.ts";

const facts = readFacts();
const deliberate = DELIBERATE.flatMap(({ findings }) => findings);

describe.runIf(facts)("the document holds what the facts sheet lists", () => {
  const document = readDocument();
  const check = (changed: Document) => compare(changed, facts ?? { operations: [], schemas: {} });
  const result = check(document);

  test("every operation, parameter, field, type, nullability, enum, required flag, scope and status", () => {
    expect(result.findings.filter((finding) => !deliberate.includes(finding))).toEqual([]);
  });

  test("every deliberate difference still exists", () => {
    expect(deliberate.filter((finding) => !result.findings.includes(finding))).toEqual([]);
  });

  test("every operation that is current or deprecated was compared, and every field that it reaches", () => {
    expect(result.operations).toBe(facts?.operations.filter(({ status }) => status !== "removed").length);
    expect(result.fields).toBeGreaterThanOrEqual(790);
  });

  test.each<[string, (document: Document) => void, string]>([
    ["a missing operation", (spec) => delete spec.paths["/v1/me/"], "GET /v1/me/: operation is missing"],
    [
      "an invented operation",
      (spec) => Object.assign(spec.paths, { "/v1/sites/": spec.paths["/v1/locations/"] }),
      "GET /v1/sites/: operation is not in the facts",
    ],
    [
      "a missing parameter",
      (spec) => spec.paths["/v1/cameras/"]?.get?.parameters?.shift(),
      "GET /v1/cameras/ query limit: parameter is missing",
    ],
    [
      "a missing response",
      (spec) => delete spec.paths["/v1/cameras/{camera_id}/"]?.get?.responses["404"],
      "GET /v1/cameras/{camera_id}/ 404: response is missing",
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
      "a missing field of a schema that others build on",
      (spec) => delete spec.components.schemas.ClipBase?.properties?.download_url,
      "SharedCameraClip.download_url: field is missing",
    ],
    [
      "a field that cannot be null any more",
      (spec) => Object.assign(spec.components.schemas.Snapshot?.properties?.url ?? {}, { type: "string" }),
      "Snapshot.url: nullable false, the facts say true",
    ],
    [
      "a value left out of an enum",
      (spec) => spec.components.schemas.CameraBase?.properties?.type?.enum?.splice(1, 1),
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
    [
      "a personal token where it is rejected",
      (spec) => spec.paths["/v1/public-cameras/"]?.get?.security?.push({ PersonalAccessToken: [] }),
      "GET /v1/public-cameras/: security PersonalAccessToken true, the facts say false",
    ],
    [
      "a deprecated operation that does not say so",
      (spec) => delete spec.paths["/v1/shared-cameras/"]?.get?.deprecated,
      "GET /v1/shared-cameras/: deprecated false, the facts say true",
    ],
    [
      "a bare list that became something else",
      (spec) =>
        Object.assign(spec.paths["/v1/spaces/"]?.get?.responses["200"]?.content?.["application/json"] ?? {}, {
          schema: { $ref: "#/components/schemas/Space" },
        }),
      'GET /v1/spaces/ 200: schema "Space", the facts say "Space[]"',
    ],
    [
      "a choice that lacks one of its kinds",
      (spec) => spec.components.schemas.NotificationMethod?.oneOf?.pop(),
      'GET /v1/rts/notifications/methods/{method_id}/ 200: schema "HttpNotificationMethod", the facts say "HttpNotificationMethod | EmailNotificationMethod"',
    ],
  ])("%s would be found", (_fault, damage, finding) => {
    const damaged = structuredClone(document);
    damage(damaged);
    expect(check(damaged).findings).toContain(finding);
  });
});

if (!facts) test.skip("skipped: the facts sheet (../shared/api-facts) is not beside this clone", () => {});
