import { defineConfig } from "@hey-api/openapi-ts";

export default defineConfig({
  input: "node_modules/angelcam-client/dist/package/generated/openapi.json",
  output: { path: "generated", importFileExtension: ".ts" },
  plugins: ["zod"],
});
