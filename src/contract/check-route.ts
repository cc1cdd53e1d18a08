import type { RouteProblem } from "../openapi/router.ts";
import { formatPath } from "./format-value.ts";
import type { Issue } from "./violation.ts";

/** The issue about the address or the method of a request. */
export function issueOfRoute(problem: RouteProblem, method: string, { origin, pathname }: URL): Issue {
  switch (problem.kind) {
    case "outside": {
      const text = `is neither below ${problem.base} nor on a server of the document`;
      return { kind: "server", in: "url", pointer: `${origin}${formatPath(pathname)}`, text };
    }
    case "wrong_server": {
      const hint = `It is on ${problem.servers.join(" or ")}`;
      return { kind: "server", in: "url", pointer: origin, text: "does not have this operation", hint };
    }
    case "slash": {
      const text = problem.path.endsWith("/")
        ? "has a slash at its end that the document does not have"
        : "lacks the slash at its end";
      const hint = `Use ${problem.template}`;
      return { kind: "missing_slash", in: "url", pointer: formatPath(problem.path), text, hint };
    }
    case "unknown_method": {
      const text = `${formatPath(problem.path)} does not take ${method}`;
      const hint = `It takes ${problem.methods.join(", ")}`;
      return { kind: "unknown_method", in: "method", pointer: "", text, hint };
    }
    case "unknown_path": {
      const hint = problem.nearest === undefined ? undefined : `Did you mean ${problem.nearest}?`;
      return {
        kind: "unknown_path",
        in: "url",
        pointer: formatPath(problem.path),
        text: "is no path of the document",
        hint,
      };
    }
  }
}
