import path from "node:path";
import { createClient } from "@hey-api/openapi-ts";
import { beforeAll, expect, test } from "vitest";
import { angelcam } from "../support.ts";
import config from "./openapi-ts.config.ts";

const OUTPUT = path.join(import.meta.dirname, "generated");

beforeAll(async () => {
  const [{ output, ...rest }] = [await config] as unknown as [{ output: object; input: string; plugins: ["zod"] }];
  await createClient({ ...rest, output: { ...output, path: OUTPUT }, logs: { level: "silent" } });
});

test("a camera of the API passes its schema, and one without its name does not", async () => {
  const sandbox = angelcam({ cameras: 1 });
  const { validCamera } = await import("./validate.ts");
  const [camera] = [...sandbox.cameras];
  expect(await validCamera(camera?.id ?? 0)).toMatchObject({ id: camera?.id });
  const { zCamera } = (await import(path.join(OUTPUT, "zod.gen.ts"))) as {
    zCamera: { parse(value: unknown): unknown };
  };
  expect(() => zCamera.parse({ id: camera?.id })).toThrow(/name/);
});
