// A module of its own, because the package holds it together with its library.
import { parse } from "yaml";

/** Reads YAML or JSON, with merge keys (`<<`), which YAML 1.2 has no more and documents still use, and any number of aliases. */
export function parseYaml(text: string): unknown {
  return parse(text, { merge: true, maxAliasCount: -1 });
}
