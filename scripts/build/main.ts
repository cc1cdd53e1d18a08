import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import path from "node:path";
import { bundleEntries } from "./bundle-entries.ts";
import { bundleLibraries } from "./bundle-libraries.ts";
import { convertToCommonJs } from "./common-js.ts";
import { writeDocuments } from "./documents.ts";
import { OUTPUT, ROOT } from "./folders.ts";
import { writeThirdParty } from "./third-party.ts";

// Builds the package into dist/package:
//   src, generated   plain tsc, one module a file, so that a bundler can drop what is not used
//   bundled          every entry in one file and what they share in chunks, as ES modules and as CommonJS, for Node
//   spec, llms.txt   what is read and not run

rmSync(OUTPUT, { recursive: true, force: true });
for (const project of ["tsconfig.build.node.json", "tsconfig.build.json"]) {
  execFileSync(process.execPath, [path.join(ROOT, "node_modules/typescript/bin/tsc"), "-p", project], {
    cwd: ROOT,
    stdio: "inherit",
  });
}
writeThirdParty(await bundleLibraries());
await bundleEntries();
await convertToCommonJs();
writeDocuments();
