// A module of its own, because the package holds it together with its library.
export { parse as parseYaml } from "yaml";
