import { describe, expect, test } from "vitest";
import { Angelcam, bearerToken } from "../../src/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { readDocument } from "../spec/document.ts";
import { responseExample } from "../spec/examples.ts";
import { clientOf, get, refusal } from "./support.ts";

const document = readDocument();

describe("an operation without a memory", () => {
  test("answers with the first example of the document", async () => {
    const angelcam = clientOf(createSandbox({ quota: false }));
    expect(await angelcam.sensors.get(615)).toEqual(responseExample(document, "sensors.get", "sensor"));
    expect(await angelcam.rts.settings.get()).toEqual(responseExample(document, "rts.settings.get", "armed"));
    expect(await angelcam.spaces.list()).toEqual(responseExample(document, "spaces.list", "two"));
    expect(await angelcam.rts.arm()).toBeUndefined();
  });

  test("answers with the status that the document has, also where it is odd", async () => {
    const angelcam = clientOf(createSandbox());
    const changed = angelcam.billing.activeServices.update(7701, { code: "30-days", period: "P1Y" });
    expect((await changed.withResponse()).response.status).toBe(201);
  });

  test("gives the items of its example as the whole list, so that following the pages comes to an end", async () => {
    const sandbox = createSandbox({ quota: false });
    const angelcam = clientOf(sandbox);
    const items = responseExample(document, "sensors.list", "first_page").results as unknown[];
    expect(await angelcam.sensors.list().toArray()).toEqual(items);
    expect((await angelcam.sensors.list({ limit: 1 })).count).toBe(items.length);
    expect(await angelcam.sensors.list({ limit: 1 }).toArray()).toEqual(items);
    expect((await angelcam.billing.services.list()).next).toBeNull();
  });

  test("checks token, scope and input all the same", async () => {
    const sandbox = createSandbox();
    expect((await get(sandbox, "/v1/sensors/", "wrong")).status).toBe(401);
    const { access_token } = sandbox.tokens.signIn({ scope: "user_access" });
    expect((await get(sandbox, "/v1/sensors/", access_token)).status).toBe(403);
    const angelcam = clientOf(sandbox);
    await expect(angelcam.sensors.create({} as never)).rejects.toMatchObject({
      status: 400,
      fields: expect.anything(),
    });
    const empty = await get(sandbox, "/v1/sensors/?limit=0", sandbox.tokens.signIn().access_token);
    expect(empty.status).toBe(400);
  });
});

test("public cameras refuse a personal access token and take a bearer token", async () => {
  const sandbox = createSandbox();
  const headers = { Authorization: `PersonalAccessToken ${sandbox.tokens.personalAccessToken()}` };
  const refused = await sandbox.fetch("https://api.angelcam.com/v1/public-cameras/", { headers });
  expect(refused.status).toBe(403);
  const auth = bearerToken(sandbox.tokens.signIn().access_token);
  const angelcam = new Angelcam({ auth, fetch: sandbox.fetch });
  expect((await angelcam.publicCameras.list()).results.length).toBeGreaterThan(0);
});

test("an id of the wrong form is not found", async () => {
  const angelcam = clientOf(createSandbox());
  await expect(angelcam.arrowClients.get("none")).rejects.toEqual(refusal(404));
  await expect(angelcam.recordings.get("none")).rejects.toEqual(refusal(404));
});
