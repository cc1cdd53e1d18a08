import { build } from "esbuild";
import { expect, test } from "vitest";
import { ROOT } from "./consumer.ts";

test("a bundler takes the sandbox into a browser, without anything of Node", async () => {
  const { outputFiles, metafile } = await build({
    absWorkingDir: ROOT,
    stdin: {
      contents: 'export { createSandbox } from "angelcam-client/sandbox";',
      resolveDir: ROOT,
    },
    // The types of the repository lead to the sources; what is looked at here is the package.
    tsconfigRaw: {},
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "browser",
    logLevel: "silent",
  });
  const inputs = Object.keys(metafile.inputs);
  expect(inputs).toContain("dist/package/src/sandbox/create-sandbox.js");
  expect(inputs).toContain("dist/package/src/sandbox/listen-in-browser.js");
  expect(inputs).not.toContain("dist/package/src/sandbox/listen.js");
  const bundle = `data:text/javascript;base64,${Buffer.from(outputFiles[0]?.contents ?? "").toString("base64")}`;
  const { createSandbox } = (await import(bundle)) as typeof import("../../src/sandbox/index.ts");
  const sandbox = createSandbox();
  expect((await sandbox.fetch("http://localhost/v1/me/")).status).toBe(401);
  await expect(sandbox.listen()).rejects.toThrow(/hand sandbox\.fetch to the client/);
});
