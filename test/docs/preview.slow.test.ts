import { expect, test } from "vitest";
import { startScript } from "../support/script.ts";

test("npm run docs:preview builds the page, shows it, and ends on Ctrl+C with exit code 0", async () => {
  await using preview = startScript(["scripts/docs-preview/main.ts", "--port", "0"]);
  const [, origin = ""] = await preview.printed(/is on (http:\/\/127\.0\.0\.1:\d+)/);
  const page = await fetch(origin);
  expect(page.headers.get("Content-Type")).toBe("text/html; charset=utf-8");
  expect(await page.text()).toContain("<title>Angelcam API</title>");
  preview.kill("SIGINT");
  expect(await preview.ended).toEqual({ code: 0, signal: null });
});
