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

test("a token that has ended, as the server has refreshed its own, is replaced in the middle of its five minutes", async () => {
  let current = "";
  const sandbox = angelcam({ cameras: 3 }, () => ({ "/angelcam-token": () => new Response(current) }));
  const { document } = new Window();
  vi.stubGlobal("document", document);
  vi.resetModules();
  const { showCameras } = await import("./app.ts");
  for (const _ of ["first", "second"]) {
    sandbox.expireAccessTokens();
    current = sandbox.tokens.signIn().access_token;
    const list = document.createElement("ul");
    await showCameras(list as unknown as HTMLElement);
    expect(list.children).toHaveLength(3);
  }
});
