import { existsSync } from "node:fs";
import { registerHooks } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const ROOT = path.resolve(import.meta.dirname, "../..");

/**
 * Makes `angelcam-client` and its entries the source of this repository, for this process. Other packages are those of
 * this repository, wherever the importing file is.
 */
export function resolvePackageToSource(): void {
  const here = pathToFileURL(path.join(ROOT, "package.json")).href;
  registerHooks({
    resolve(specifier, context, next) {
      const [name, entry] = specifier.split("/");
      if (name !== "angelcam-client") {
        return /^[./]|^\w+:/.test(specifier) || insideRepository(context.parentURL)
          ? next(specifier, context)
          : next(specifier, { ...context, parentURL: here });
      }
      if (entry === "openapi.json") return next(pathToFileURL(path.join(ROOT, "generated/openapi.json")).href, context);
      if (entry === "schema") return next(pathToFileURL(path.join(ROOT, "generated/schema.ts")).href, context);
      const [file = "", folder = ""] = [`src/${entry ?? "index"}.ts`, `src/${entry}/index.ts`].map((one) =>
        path.join(ROOT, one),
      );
      return next(pathToFileURL(existsSync(file) ? file : folder).href, context);
    },
  });
}

function insideRepository(address: string | undefined): boolean {
  return address?.startsWith(pathToFileURL(`${ROOT}/`).href) ?? true;
}
