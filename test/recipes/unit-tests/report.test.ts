import { type Camera, ConnectionError } from "angelcam-client";
import { pageOf } from "angelcam-client/sandbox";
import { beforeEach, expect, test, vi } from "vitest";
import { offlineCameras } from "./report.ts";

/** The methods that the code under test calls. With Jest it is the same with `jest.mock` and `jest.fn`. */
const list = vi.hoisted(() => vi.fn());
vi.mock("angelcam-client", async (original) => ({
  ...(await original<typeof import("angelcam-client")>()),
  Angelcam: class {
    cameras = { list };
  },
  personalAccessToken: () => undefined,
}));

beforeEach(() => {
  list.mockReset();
});

test("cameras that are offline are in the report", async () => {
  const cameras = [
    { id: 1, name: "Door", status: "online" },
    { id: 2, name: "Yard", status: "offline" },
  ] as Camera[];
  list.mockReturnValue(pageOf(cameras));
  expect(await offlineCameras()).toEqual(["Yard"]);
  expect(list).toHaveBeenCalledOnce();
});

test("an outage of Angelcam reaches the caller", async () => {
  const outage = new ConnectionError("Angelcam cannot be reached", {});
  list.mockReturnValue(pageOf(outage));
  await expect(offlineCameras()).rejects.toBe(outage);
});
