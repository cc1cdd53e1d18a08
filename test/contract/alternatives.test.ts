import { describe, expect, test } from "vitest";
import { createContract } from "../../src/contract/index.ts";
import { brokenBy, brokenByForm, exampleResponse, messagesOf } from "./support.ts";

describe("one of several schemas is explained by the one that was meant:", () => {
  const GRANT = "oauth.createToken request, body";

  test("a grant, by its grant_type", () => {
    const broken = brokenByForm({ grant_type: "authorization_code", client_id: "x", client_secret: "hunter22" });
    expect(messagesOf(broken)).toEqual([`${GRANT} /code: is missing`, `${GRANT} /redirect_uri: is missing`]);
  });

  test("a field of another grant is unknown", () => {
    const broken = brokenByForm({
      grant_type: "password",
      client_id: "x",
      username: "u",
      password: "p",
      redirect_uri: "https://app.example.com/",
    });
    expect(messagesOf(broken)).toEqual([`${GRANT} /redirect_uri: is not in the document, got a text of 24 characters`]);
  });

  test("a grant_type that does not exist: the allowed values are reported, and nothing else", () => {
    const choice = '"password", "authorization_code", "refresh_token"';
    expect(messagesOf(brokenByForm({ grant_type: "magic", client_id: "x" }))).toEqual([
      `${GRANT} /grant_type: must be one of ${choice}, got "magic"`,
    ]);
    expect(messagesOf(brokenByForm({ client_id: "x" }))).toEqual([
      `${GRANT} /grant_type: is missing; it must be one of ${choice}`,
    ]);
  });

  test("a notification method, by its type", () => {
    const broken = brokenBy("/v1/rts/notifications/methods/", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ type: "email", url: "https://app.example.com/" }),
    });
    expect(messagesOf(broken).map((message) => message.split(", ")[1])).toEqual([
      "body /email: is missing",
      "body /url: is not in the document",
    ]);
  });

  test("a list or a text, by the type of the value", () => {
    const broken = brokenByDetail([{ limit: "must be less" }]);
    expect(broken).toEqual(['cameras.list response 400, body /detail/0/limit: must be a list, got "must be less"']);
    expect(brokenByDetail(7)).toEqual(["cameras.list response 400, body /detail: must be a list or a text, got 7"]);
    expect(brokenByDetail("Wrong.")).toEqual([]);
  });

  test("a kind that is new in a response is a warning", () => {
    const contract = createContract();
    const method = { ...exampleResponse("rts.notifications.methods.get", "http"), type: "carrier_pigeon" };
    const found = contract.checkResponse(
      { method: "GET", url: "https://api.angelcam.com/v1/rts/notifications/methods/1/", headers: {} },
      { status: 200, headers: { "Content-Type": "application/json" }, bodyText: JSON.stringify(method) },
    );
    expect(found.map(({ severity, kind, pointer }) => [severity, kind, pointer])).toEqual([
      ["warning", "enum", "/type"],
    ]);
  });

  function brokenByDetail(detail: unknown): string[] {
    return messagesOf(
      createContract().checkResponse(
        { method: "GET", url: "https://api.angelcam.com/v1/cameras/", headers: {} },
        {
          status: 400,
          headers: { "Content-Type": "application/json" },
          bodyText: JSON.stringify({ title: "invalid", detail, status: 400 }),
        },
      ),
    );
  }
});
