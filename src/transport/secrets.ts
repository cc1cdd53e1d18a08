import { secretNames } from "../../generated/client.ts";
import type { Call } from "./call.ts";

/** The credentials that a request carries: the token of its header, and the secret fields of its form. */
export function secretsOf({ request }: Pick<Call, "request">): string[] {
  const token = request.headers.get("Authorization")?.split(" ").at(-1) ?? "";
  const form = new URLSearchParams(request.body);
  return [token, ...secretNames.flatMap((name) => form.getAll(name))].filter((secret) => secret.length > 3);
}
