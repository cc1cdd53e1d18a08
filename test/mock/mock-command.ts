import type { Script } from "../support/script.ts";

/** The program behind `npx angelcam-mock`. */
export const MOCK = "scripts/mock/main.ts";

/** Waits until the mock is there, and says where. */
export async function originOf(mock: Script): Promise<string> {
  return (await mock.printed(/listens on (http:\/\/\S+)/))[1] ?? "";
}

/** The e-mail address of the account that the mock returns. */
export async function emailFrom(origin: string): Promise<unknown> {
  const response = await fetch(`${origin}/v1/me/`, { headers: { Authorization: "Bearer anything" } });
  return ((await response.json()) as { email?: unknown }).email;
}
