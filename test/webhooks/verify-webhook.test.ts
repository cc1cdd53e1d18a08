import { createHash, generateKeyPairSync, sign as signWith } from "node:crypto";
import { readFileSync } from "node:fs";
import { inspect } from "node:util";
import { runInNewContext } from "node:vm";
import { describe, expect, expectTypeOf, it, onTestFinished, vi } from "vitest";
import type { components } from "../../generated/schema.ts";
import { AngelcamError } from "../../src/index.ts";
import { verifyWebhook, type Webhook, WebhookError, type WebhookErrorReason } from "../../src/webhooks/index.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { BODY, base64url, claims, hashOf, KEY, later, NOW, request, sign } from "./signing.ts";

async function rejectionCode(promise: Promise<unknown>): Promise<WebhookErrorReason> {
  const error = await promise.then(
    () => expect.unreachable("the webhook was taken"),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof WebhookError)) throw error;
  expect(error).toBeInstanceOf(AngelcamError);
  expect(error).toMatchObject({ name: "WebhookError", code: "webhook_invalid", retryable: false });
  expect(error.cause).toBeUndefined();
  const shown = inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error);
  for (const secret of [KEY, "Server room", hashOf(BODY)]) expect(shown).not.toContain(secret);
  return error.reason;
}

const verify = (signature: string | undefined, body?: BodyInit) =>
  verifyWebhook(request(signature, body), KEY, later(0));

describe("verifyWebhook", () => {
  it("returns the content of a webhook, and when it was signed", async () => {
    expect(await verifyWebhook(request(), KEY, later(0))).toEqual({
      id: createHash("sha256").update(BODY).digest("hex"),
      kind: "cameraStatus",
      payload: JSON.parse(BODY),
      signedAt: "2026-11-24T12:00:00Z",
    });
  });

  it.each([
    ["HS384", "sha384"],
    ["HS512", "sha512"],
  ])("takes %s too", async (alg, hash) => {
    expect((await verify(sign(claims(), { header: { alg }, hash }))).kind).toBe("cameraStatus");
  });

  it.each([
    ["Headers and a text", { headers: new Headers({ "X-Angelcam-Signature": sign() }), body: BODY }],
    ["headers of Node and a Buffer", { headers: { "x-angelcam-signature": sign() }, body: Buffer.from(BODY) }],
    ["a header in a list", { headers: { "X-Angelcam-Signature": [sign()] }, body: new TextEncoder().encode(BODY) }],
    ["an ArrayBuffer", { headers: { "x-angelcam-signature": sign() }, body: new TextEncoder().encode(BODY).buffer }],
  ])("takes %s", async (_, raw) => {
    expect((await verifyWebhook(raw, KEY, later(0))).payload).toEqual(JSON.parse(BODY));
  });

  it("is verified where the bytes of TextEncoder are of another realm, as with the jsdom of Vitest", async () => {
    const bytesOf = runInNewContext("(bytes) => Uint8Array.from(bytes)");
    vi.stubGlobal(
      "TextEncoder",
      class {
        encode = (text: string) => bytesOf(Buffer.from(text));
      },
    );
    onTestFinished(() => void vi.unstubAllGlobals());
    const raw = { headers: { "x-angelcam-signature": sign() }, body: BODY };
    expect((await verifyWebhook(raw, KEY, later(0))).kind).toBe("cameraStatus");
  });

  it("takes the hash in either alphabet of Base64, padded or not", async () => {
    // The hash of this body has both letters that differ.
    const body = Array.from({ length: 500 }, (_, index) => `{"n":${index}}`).find((text) =>
      /\+.*\/|\/.*\+/.test(hashOf(text)),
    ) as string;
    const csm = hashOf(body);
    for (const other of [csm, csm.replace("=", ""), csm.replaceAll("+", "-").replaceAll("/", "_")]) {
      expect((await verify(sign({ ...claims(body), csm: other }), body)).kind).toBe("unknown");
    }
  });

  it.each([
    [-60, true],
    [-61, false],
    [119, true],
    [120, false],
  ])("%i seconds from the signing, it is valid: %s", async (seconds, valid) => {
    const promise = verifyWebhook(request(), KEY, later(seconds));
    if (valid) expect((await promise).kind).toBe("cameraStatus");
    else expect(await rejectionCode(promise)).toBe(seconds < 0 ? "not_yet_valid" : "expired");
  });

  it("allows clocks to differ by the tolerance", async () => {
    expect((await verifyWebhook(request(), KEY, later(149, 30_000))).kind).toBe("cameraStatus");
    expect((await verifyWebhook(request(), KEY, later(-90, 30_000))).kind).toBe("cameraStatus");
    expect(await rejectionCode(verifyWebhook(request(), KEY, later(150, 30_000)))).toBe("expired");
    expect(await rejectionCode(verifyWebhook(request(), KEY, later(-91, 30_000)))).toBe("not_yet_valid");
  });

  it("goes by the machine's clock without another", async () => {
    const now = Math.floor(Date.now() / 1000);
    expect((await verifyWebhook(request(sign(claims(BODY, now))), KEY)).kind).toBe("cameraStatus");
    expect(await rejectionCode(verifyWebhook(request(sign(claims(BODY, now - 3600))), KEY))).toBe("expired");
  });
});

describe("verifyWebhook", () => {
  const OLD = "the-key-before-the-rotation-0123456";

  it("accepts a signature of any of several keys", async () => {
    for (const key of [KEY, OLD]) {
      expect((await verifyWebhook(request(sign(claims(), { key })), [KEY, OLD], later(0))).kind).toBe("cameraStatus");
    }
    const foreign = request(sign(claims(), { key: "another-key" }));
    expect(await rejectionCode(verifyWebhook(foreign, [KEY, OLD], later(0)))).toBe("signature_mismatch");
    const expired = request(sign(claims(), { key: OLD }));
    expect(await rejectionCode(verifyWebhook(expired, [KEY, OLD], later(500)))).toBe("expired");
  });

  it("returns the same id for the same body, also when it was signed again, and another for another", async () => {
    const idOf = async (body: string, iat: number) =>
      (await verifyWebhook(request(sign(claims(body, iat)), body), KEY, later(0))).id;
    expect(await idOf(BODY, NOW)).toMatch(/^[0-9a-f]{64}$/);
    expect(await idOf(BODY, NOW - 30)).toBe(await idOf(BODY, NOW));
    expect(await idOf(`${BODY} `, NOW)).not.toBe(await idOf(BODY, NOW));
  });

  it.each<[string, Partial<ReturnType<typeof claims>>]>([
    ["exp 121 s after iat", { exp: NOW + 121 }],
    ["exp in ten years", { exp: NOW + 315_360_000 }],
    ["nbf 61 s before iat", { nbf: NOW - 61 }],
    ["nbf in 1970", { nbf: 0 }],
  ])("rejects a signature that is valid too long: %s", async (_, change) => {
    expect(await rejectionCode(verify(sign({ ...claims(), ...change })))).toBe("signature_malformed");
    const patient = { ...later(0), tolerance: 600_000 };
    const lenient = verifyWebhook(request(sign({ ...claims(), ...change })), KEY, patient);
    expect(await rejectionCode(lenient)).toBe("signature_malformed");
  });

  it.each([
    ["sha256", "HS256"],
    ["sha384", "HS384"],
    ["sha512", "HS512"],
  ])("rejects a signature with altered padding (%s)", async (hash, alg) => {
    const token = sign(claims(), { header: { alg }, hash });
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const last = letters.indexOf(token.at(-1) ?? "");
    const altered = [`${token}=`, `${token}==`, token.replace(".", "=."), `${token}\n`, ` ${token}`, `${token}A`];
    // The bits of the last letter that no byte needs.
    if (hash !== "sha384") altered.push(`${token.slice(0, -1)}${letters[last + 1]}`);
    for (const other of altered) {
      const raw = { headers: { "x-angelcam-signature": other }, body: BODY };
      expect(["signature_malformed", "signature_mismatch"]).toContain(
        await rejectionCode(verifyWebhook(raw, KEY, later(0))),
      );
    }
  });
});

describe("body_hash_mismatch", () => {
  const content = { title: "Café 📷", cameras: [1, { id: 2.5 }], online: false, none: null };
  const compact = JSON.stringify(content);
  const python = '{"title": "Caf\\u00e9 \\ud83d\\udcf7", "cameras": [1, {"id": 2.5}], "online": false, "none": null}';
  it.each<[string, string, string, RegExp]>([
    ["compact instead of Python's form", python, compact, /parsed and serialised again/],
    ["pretty instead of compact", compact, JSON.stringify(content, null, 2), /parsed and serialised again/],
    ["trimmed", `${compact}\n`, compact, /parsed and serialised again/],
    ["Base64", compact, Buffer.from(compact).toString("base64"), /still Base64/],
    ["Base64 for URLs", compact, Buffer.from(compact).toString("base64url"), /still Base64/],
    ["another body", compact, BODY, /Pass the bytes as they came/],
    ["no JSON", compact, "[object Object]", /Pass the bytes as they came/],
    ["a body of 2 MB", compact, " ".repeat(2_000_000) + compact, /Pass the bytes as they came/],
  ])("says what happened to the body: %s", async (_, signed, received, hint) => {
    const error = await verify(sign(claims(signed)), received).catch((reason) => reason);
    expect(error).toMatchObject({ reason: "body_hash_mismatch", message: expect.stringMatching(hint) });
    expect(error.message).not.toContain("Caf");
  });
});

describe("verifyWebhook rejects", () => {
  it("another key", async () => {
    expect(await rejectionCode(verify(sign(claims(), { key: `${KEY.slice(0, -1)}4` })))).toBe("signature_mismatch");
  });

  it("claims that were changed after the signing", async () => {
    const [header, , seal] = sign().split(".");
    expect(await rejectionCode(verify(`${header}.${base64url(claims(BODY, NOW + 1))}.${seal}`))).toBe(
      "signature_mismatch",
    );
  });

  it.each(["none", "None", "NONE", "nOnE"])("the algorithm %s", async (alg) => {
    const unsigned = `${base64url({ alg, typ: "JWT" })}.${base64url(claims())}.`;
    expect(["algorithm", "signature_malformed"]).toContain(await rejectionCode(verify(unsigned)));
    expect(await rejectionCode(verify(sign(claims(), { header: { alg } })))).toBe("algorithm");
  });

  it("RS256 and its like, also where the key is a public key", async () => {
    const pair = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
    });
    for (const alg of ["RS256", "PS256"]) {
      const signed = `${base64url({ alg, typ: "JWT" })}.${base64url(claims())}`;
      const token = `${signed}.${signWith("sha256", Buffer.from(signed), pair.privateKey).toString("base64url")}`;
      expect(await rejectionCode(verifyWebhook(request(token), pair.publicKey, later(0)))).toBe("algorithm");
    }
    for (const alg of ["RS256", "ES256", "EdDSA", "HS1"]) {
      expect(await rejectionCode(verify(sign(claims(), { header: { alg } })))).toBe("algorithm");
    }
  });

  it("a header that wants something which is not understood", async () => {
    const header = { crit: ["b64"], b64: false };
    expect(await rejectionCode(verify(sign(claims(), { header })))).toBe("signature_malformed");
  });

  it("another body, be it by one space", async () => {
    expect(await rejectionCode(verify(sign(), `${BODY} `))).toBe("body_hash_mismatch");
    expect(await rejectionCode(verify(sign(), ""))).toBe("body_hash_mismatch");
    expect(await rejectionCode(verify(sign({ ...claims(), csm: "" })))).toBe("body_hash_mismatch");
  });

  it("a missing signature", async () => {
    const missing = new Request("https://app.example.com/", { method: "POST", body: BODY });
    expect(await rejectionCode(verifyWebhook(missing, KEY, later(0)))).toBe("signature_missing");
    expect(await rejectionCode(verify(""))).toBe("signature_missing");
    for (const headers of [{}, { "x-angelcam-signature": undefined }, { "x-angelcam-signature": [] }]) {
      expect(await rejectionCode(verifyWebhook({ headers, body: BODY }, KEY, later(0)))).toBe("signature_missing");
    }
  });

  it("two signatures, though both are good", async () => {
    const twice = request();
    twice.headers.append("X-Angelcam-Signature", sign());
    expect(await rejectionCode(verifyWebhook(twice, KEY, later(0)))).toBe("signature_duplicated");
    for (const headers of [
      { "x-angelcam-signature": `${sign()}, ${sign()}` },
      { "x-angelcam-signature": [sign(), sign()] },
      { "x-angelcam-signature": sign(), "X-Angelcam-Signature": sign() },
    ]) {
      expect(await rejectionCode(verifyWebhook({ headers, body: BODY }, KEY, later(0)))).toBe("signature_duplicated");
    }
  });

  it.each(["x", "a.b", "a.b.c", "..", "a.b.c.d.e", `${sign()}.x`, "🎥.🎥.🎥", `Bearer ${sign()}`])(
    "what is no token: %s",
    async (token) => {
      const raw = { headers: { "x-angelcam-signature": token }, body: BODY };
      expect(["signature_malformed", "algorithm"]).toContain(await rejectionCode(verifyWebhook(raw, KEY, later(0))));
    },
  );

  it.each(["iat", "nbf", "exp", "ver", "csm"] as const)(
    "a signature without %s, or with one of the wrong kind",
    async (claim) => {
      const { [claim]: _, ...rest } = claims();
      expect(await rejectionCode(verify(sign(rest)))).toBe("signature_malformed");
      expect(await rejectionCode(verify(sign({ ...claims(), [claim]: null })))).toBe(
        claim === "ver" ? "version" : "signature_malformed",
      );
    },
  );

  it("another version, also as a text", async () => {
    for (const ver of [0, 2, "1"]) expect(await rejectionCode(verify(sign({ ...claims(), ver })))).toBe("version");
  });

  it("a time of signing outside of its own window", async () => {
    for (const iat of [NOW - 61, NOW + 121]) {
      expect(await rejectionCode(verify(sign({ ...claims(), iat })))).toBe("signature_malformed");
    }
  });

  it.each(["not JSON", "[]", "null", '"text"', "7", ""])("a signed body that is no JSON object: %j", async (body) => {
    expect(await rejectionCode(verify(sign(claims(body)), body))).toBe("body_malformed");
  });

  it("a signed body that is no UTF-8", async () => {
    const body = new Uint8Array([0x7b, 0xff, 0x7d]);
    expect(await rejectionCode(verify(sign(claims(body)), body))).toBe("body_malformed");
  });

  it("a forged signature without reading the body", async () => {
    const forged = request(sign(claims(), { key: "other" }));
    expect(await rejectionCode(verifyWebhook(forged, KEY, later(0)))).toBe("signature_mismatch");
    expect(forged.bodyUsed).toBe(false);
  });
});

describe("verifyWebhook distinguishes a fault of the program from a rejection", () => {
  it.each([
    ["an empty key", request(), "", {}, TypeError],
    ["no key", request(), undefined, {}, TypeError],
    ["a list of no key", request(), [], {}, TypeError],
    ["a list with an empty key", request(), [KEY, ""], {}, TypeError],
    ["a negative tolerance", request(), KEY, { tolerance: -1 }, RangeError],
    ["a tolerance without end", request(), KEY, { tolerance: Number.POSITIVE_INFINITY }, RangeError],
    ["no request", undefined, KEY, {}, TypeError],
    ["a body that was parsed", { headers: { "x-angelcam-signature": sign() }, body: {} }, KEY, {}, TypeError],
    ["no body", { headers: { "x-angelcam-signature": sign() } }, KEY, {}, TypeError],
  ])("%s", async (_, raw, key, options, kind) => {
    const error = await verifyWebhook(raw as Request, key as string, { ...later(0), ...options }).catch(
      (thrown) => thrown,
    );
    expect(error).toBeInstanceOf(kind);
    expect(error.message).toMatch(/^verifyWebhook: /);
  });

  it.each<[string, unknown, string]>([
    ["no body", {}, "signature_missing"],
    ["the empty object of Express 4 for no body", { body: {} }, "signature_missing"],
    ["no body and a forged signature", { headers: { "x-angelcam-signature": "a.b.c" } }, "signature_malformed"],
  ])("a stranger's request with %s, which must end in 401", async (_, raw, reason) => {
    const request = { headers: {}, ...(raw as object) } as unknown as Request;
    expect(await rejectionCode(verifyWebhook(request, KEY, later(0)))).toBe(reason);
  });

  it("a request whose body was read before", async () => {
    const read = request();
    await read.text();
    await expect(verifyWebhook(read, KEY, later(0))).rejects.toThrow(/verifyWebhook: .*clone\(\)/);
  });
});

describe("the webhooks of the spec", () => {
  const document = JSON.parse(readFileSync(new URL("../../generated/openapi.json", import.meta.url), "utf8"));
  const kinds = Object.entries<{ post: { requestBody: { content: Record<string, { examples: object }> } } }>(
    document.webhooks,
  );
  const examples = kinds.flatMap(([kind, { post }]) =>
    Object.entries(post.requestBody.content["application/json"]?.examples ?? {}).map(([name, example]) => {
      const { value } = (
        "$ref" in example ? document.components.examples[example.$ref.split("/").at(-1)] : example
      ) as { value: object };
      return [kind, name, value] as const;
    }),
  );

  it.each(examples)("are distinguished by their fields: %s, %s", async (kind, _, payload) => {
    const body = JSON.stringify(payload);
    expect(await verify(sign(claims(body)), body)).toMatchObject({ kind, payload });
  });

  it("include the example of the signature, which is good at its time and for its body alone", async () => {
    const { example } = document.components.parameters.WebhookSignature;
    const { iat } = JSON.parse(Buffer.from(example.split(".")[1], "base64url").toString());
    const key = document.components.examples.notification_method_http.value.signature_private_key;
    const [, , incident] = examples.find(([kind]) => kind === "incident") ?? [];
    const clock = new ManualClock(iat * 1000);
    const webhook = await verifyWebhook(request(example, JSON.stringify(incident)), key, { clock });
    expect(webhook).toMatchObject({ kind: "incident", payload: incident });
    expect(await rejectionCode(verifyWebhook(request(example), key, { clock }))).toBe("body_hash_mismatch");
  });

  it("narrow by kind", async () => {
    const webhook = await verify(sign());
    expect(webhook.kind === "cameraStatus" && webhook.payload.camera_id).toBe(20391);
    type Of<Kind> = Extract<Webhook, { kind: Kind }>["payload"];
    type Schemas = components["schemas"];
    expectTypeOf<Webhook["kind"]>().toEqualTypeOf<
      "incident" | "action" | "cameraStatus" | "arrowClientStatus" | "unknown"
    >();
    expectTypeOf<Of<"incident">>().toEqualTypeOf<Schemas["WebhookIncident"]>();
    expectTypeOf<Of<"action">>().toEqualTypeOf<Schemas["WebhookAction"]>();
    expectTypeOf<Of<"cameraStatus">>().toEqualTypeOf<Schemas["WebhookCameraStatus"]>();
    expectTypeOf<Of<"arrowClientStatus">>().toEqualTypeOf<Schemas["WebhookArrowClientStatus"]>();
    expectTypeOf<Of<"unknown">>().toEqualTypeOf<Schemas["WebhookBase"]>();
  });
});

it.each([7, true, { signature: "a.b.c" }, ["a.b.c", "a.b.c"], [["a.b.c"]]])(
  "headers whose get returns %o end in a WebhookError",
  async (value) => {
    const headers = { get: () => value } as unknown as Headers;
    await expect(verifyWebhook({ headers, body: BODY }, KEY, later(0))).rejects.toBeInstanceOf(WebhookError);
  },
);

it.each([Number.NaN, undefined, "now"])(
  "a clock whose now() returns %s accepts no old signature, and is named",
  async (now) => {
    const clock = Object.assign(new ManualClock(), { now: () => now as number });
    await expect(verifyWebhook(request(), KEY, { clock })).rejects.toThrow(
      "verifyWebhook: clock.now() must be a number",
    );
  },
);
