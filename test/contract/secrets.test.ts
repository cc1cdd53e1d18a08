import { describe, expect, test } from "vitest";
import { createContract, formatReport, type Violation } from "../../src/contract/index.ts";
import { brokenBy, brokenByForm, exampleResponse, TOKEN } from "./support.ts";

const SECRET = "hunter2-hunter2";
const FORM = { "Content-Type": "application/x-www-form-urlencoded" };
const SIGN_IN = "https://my.angelcam.com/oauth/token/";

describe("no violation shows a credential", () => {
  const cases: [string, () => Violation[]][] = [
    ["in a field of its own", () => brokenByForm({ grant_type: "password", password: SECRET })],
    ["in a field of another grant", () => brokenByForm({ grant_type: "password", refresh_token: SECRET })],
    ["under a misspelt name", () => brokenByForm({ grant_type: "password", pasword: SECRET })],
    ["under an unknown name", () => brokenByForm({ grant_type: "password", x: SECRET })],
    ["as the grant as well", () => brokenByForm({ grant_type: SECRET, password: SECRET, client_id: "x" })],
    ["in the query", () => brokenBy(`/v1/cameras/?access_token=${SECRET}`)],
    ["in the query of a known parameter", () => brokenBy(`/v1/cameras/?limit=${TOKEN}`)],
    ["in the path", () => brokenBy(`/v1/token/${SECRET}/`)],
    [
      "as the whole of a broken body",
      () => brokenBy(SIGN_IN, { method: "POST", headers: FORM, body: `{"password": "${SECRET}"}` }),
    ],
    [
      "in JSON that is cut off",
      () =>
        brokenBy("/v1/clients/", {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: `{"password": "${SECRET}`,
        }),
    ],
    [
      "in an object where a list belongs",
      () =>
        createContract().checkResponse(
          { method: "GET", url: "https://api.angelcam.com/v1/cameras/", headers: {} },
          {
            status: 200,
            headers: { "Content-Type": "application/json" },
            bodyText: JSON.stringify({ ...exampleResponse("cameras.list", "first_page"), results: { token: SECRET } }),
          },
        ),
    ],
    [
      "in a response, of the wrong type or under a new name",
      () =>
        createContract().checkResponse(
          { method: "POST", url: SIGN_IN, headers: {} },
          {
            status: 200,
            headers: { "Content-Type": "application/json" },
            bodyText: JSON.stringify({ access_token: [SECRET], refresh_token: SECRET, id_token: SECRET, scope: 5 }),
          },
        ),
    ],
  ];

  test.each(cases)("%s", (_, broken) => {
    const violations = broken();
    expect(violations.length).toBeGreaterThan(0);
    const shown = JSON.stringify(violations);
    expect(shown).not.toContain(SECRET);
    expect(shown).not.toContain(TOKEN);
  });

  test("nor a credential that a response contains", () => {
    const contract = createContract();
    const request = { method: "POST", url: SIGN_IN, headers: FORM, bodyText: `grant_type=password&password=${SECRET}` };
    const found = contract.checkResponse(request, {
      status: 400,
      headers: { "Content-Type": "application/json" },
      bodyText: JSON.stringify({ error: 5, error_uri: 7, [SECRET]: 1 }),
    });
    expect(found.length).toBeGreaterThan(1);
    expect(JSON.stringify(found)).not.toContain(SECRET);
  });

  test("a request with credentials: the report shows none of them", () => {
    const contract = createContract();
    contract.checkRequest({
      method: "POST",
      url: SIGN_IN,
      headers: { ...FORM, Authorization: `Bearer ${TOKEN}` },
      bodyText: `grant_type=password&password=${SECRET}&username=${TOKEN}&secret=${SECRET}`,
    });
    const report = formatReport(contract);
    expect(report).toContain("body /secret: is not in the document, got [secret]");
    expect(report).not.toContain(SECRET);
    expect(report).not.toContain(TOKEN);
  });
});
