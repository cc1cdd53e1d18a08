import { describe, expect, test } from "vitest";
import { API, apiError, clientOf, stillSandbox } from "./support.ts";

const address = "rtsp://viewer:secret@203.0.113.17:554/stream1";
const wished = { name: "Yard", type: "h264", connection_type: "direct", url: address } as const;

describe("a camera", () => {
  test("is connected, is in the list, and keeps the address of its stream to itself", async () => {
    const sandbox = stillSandbox({ cameras: 2 });
    const angelcam = clientOf(sandbox);
    const camera = await angelcam.cameras.create({ ...wished, tags: ["new"] });
    expect(camera).toMatchObject({ name: "Yard", type: "h264", tags: ["new"], enable_status_checks: true });
    expect((await angelcam.cameras.list({ tags: ["new"] })).results.map(({ id }) => id)).toEqual([camera.id]);
    expect(JSON.stringify(await angelcam.cameras.get(camera.id))).not.toContain("secret");
    expect(sandbox.cameras.get(camera.id)).toMatchObject({ url: address, connectionType: "direct" });
    expect((await angelcam.me.get()).my_cameras_count).toBe(3);
  });

  test("changes in what is named and in nothing else", async () => {
    const sandbox = stillSandbox({ cameras: 1 });
    const angelcam = clientOf(sandbox);
    const { id, ...before } = await angelcam.cameras.create(wished);
    const { id: same, ...after } = await angelcam.cameras.update(id, { name: "Gate", enable_status_checks: false });
    expect([same, after]).toEqual([id, { ...before, name: "Gate", enable_status_checks: false }]);
  });

  test("is gone once it is removed", async () => {
    const sandbox = stillSandbox({ cameras: 1 });
    const angelcam = clientOf(sandbox);
    const { id } = await angelcam.cameras.create(wished);
    await angelcam.cameras.delete(id);
    await expect(angelcam.cameras.get(id)).rejects.toEqual(apiError(404));
    await expect(angelcam.cameras.delete(id)).rejects.toEqual(apiError(404));
  });

  test("is rejected with each field that is missing or wrong", async () => {
    const sandbox = stillSandbox();
    const angelcam = clientOf(sandbox);
    const http = angelcam.cameras.create({ ...wished, url: "http://203.0.113.17/" });
    await expect(http).rejects.toMatchObject({ fields: { url: ["The address must begin with rtsp."] } });
    const body = { type: "vhs", connection_type: "direct", url: 7, tags: [1] };
    const response = await post(sandbox, JSON.stringify(body));
    expect(await response.json()).toEqual({
      title: "invalid",
      detail: [
        { name: ["This field is required."] },
        { type: ['Must be one of "h264", "h265", "mjpeg", got "vhs".'] },
        { url: ["Must be a text, got 7."] },
        { tags: ["Must be a text, got 1."] },
      ],
      status: 400,
    });
  });

  test.each(["", "{", "[]", "7", "null"])("is rejected when its body is %j", async (body) => {
    const sandbox = stillSandbox({ cameras: 0 });
    expect((await post(sandbox, body)).status).toBe(400);
    expect(sandbox.cameras.count).toBe(0);
  });

  test("is rejected with a field that the API does not know, which is named", async () => {
    const sandbox = stillSandbox({ cameras: 0 });
    const response = await post(sandbox, JSON.stringify({ ...wished, color: "red", id: 7 }));
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { detail: [{ color: [expect.stringContaining("Is not in the document")] }, { id: [expect.any(String)] }] },
    ]);
    expect(sandbox.cameras.count).toBe(0);
  });
});

function post(sandbox: ReturnType<typeof stillSandbox>, body: string): Promise<Response> {
  const headers = {
    Authorization: `Bearer ${sandbox.tokens.signIn().access_token}`,
    "Content-Type": "application/json",
  };
  return sandbox.fetch(`${API}/v1/cameras/`, { method: "POST", headers, body });
}
