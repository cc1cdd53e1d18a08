import { Window } from "happy-dom";
import { expect, test, vi } from "vitest";
import { angelcam } from "../support.ts";

test("the cameras of the account are rendered, with one request", async () => {
  const sandbox = angelcam({ cameras: 3 }, (token) => ({ "/angelcam-token": token }));
  const window = new Window();
  vi.stubGlobal("window", window);
  vi.stubGlobal("document", window.document);
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", false);
  const { createRoot } = await import("react-dom/client");
  const { App } = await import("./cameras.tsx");
  const container = window.document.createElement("div");
  const root = createRoot(container as unknown as Element);
  root.render(<App />);
  await expect.poll(() => container.querySelectorAll("li").length).toBe(3);
  const [camera] = [...sandbox.cameras];
  expect(container.textContent).toContain(camera?.name);
  expect(sandbox.count({ operation: "cameras.list" })).toBe(1);
  root.unmount();
});
