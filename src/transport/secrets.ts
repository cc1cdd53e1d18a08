import { secretNames } from "../../generated/client.ts";
import type { Call } from "./call.ts";

/** The credentials that a request carries: the token of its header, and the secret fields of its form. */
export function secretsOf({ headers, body }: Pick<Call, "headers" | "body">): string[] {
  const token = headers.get("Authorization")?.split(" ").at(-1) ?? "";
  const form = new URLSearchParams(body);
  return [token, ...secretNames.flatMap((name) => form.getAll(name))].filter((secret) => secret.length > 3);
}
