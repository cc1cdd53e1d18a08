import { secretNames } from "../../generated/operations.ts";
import type { PreparedCall } from "./call.ts";

/** Shorter values are too common in other text to be removed from it. */
const SHORTEST_SECRET = 4;

/** The credentials that a request carries: the token of its header, and the secret fields of its form. */
export function secretsOf({ request }: Pick<PreparedCall, "request">): string[] {
  const { headers, body } = request ?? {};
  const token = headers?.get("Authorization")?.split(" ").at(-1) ?? "";
  const form = new URLSearchParams(body);
  const secrets = [token, ...secretNames.flatMap((name) => form.getAll(name))];
  return secrets.filter((secret) => secret.length >= SHORTEST_SECRET);
}
