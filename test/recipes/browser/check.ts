import { Window } from "happy-dom";
import { expect, test, vi } from "vitest";
import { angelcam } from "../support.ts";

test("the page lists the cameras with a token of its own server", async () => {
  const sandbox = angelcam({ cameras: 3 }, (token) => ({ "/angelcam-token": token }));
  const { document } = new Window();
  vi.stubGlobal("document", document);
  const { showCameras } = await import("./app.ts");
  const list = document.createElement("ul");
  await showCameras(list as unknown as HTMLElement);
  expect(list.children).toHaveLength(3);
  expect(list.textContent).toContain([...sandbox.cameras][0]?.name);
});
