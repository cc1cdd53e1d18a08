import { expect } from "vitest";
import type { Output } from "./consumer.ts";

/** The quick start, as somebody who has installed the package would write it, in JavaScript and in TypeScript alike. */
export const QUICK_START = `
import { Angelcam, OAuthSession, passwordGrant } from "angelcam-client";

const session = new OAuthSession({
  clientId: "DBaJcGbAT2Tbvbrz0fLh1uRmYURprJAQPxwFsgoo",
  grant: passwordGrant({ username: "user@example.com", password: "secret" }),
});
const angelcam = new Angelcam({ auth: session, baseUrl: process.env.MOCK ?? "" });
const account = await angelcam.me.get();
const page = await angelcam.cameras.list({ limit: 5 });
console.log(JSON.stringify({ email: account.email, cameras: page.results.map((camera) => camera.name) }));
`;

/** Checks what the quick start has printed: the account and the cameras that the mock has. */
export function expectQuickStart({ stdout, stderr }: Output): void {
  expect(JSON.parse(stdout)).toEqual({
    email: "user@example.com",
    cameras: expect.arrayContaining([expect.any(String), expect.any(String)]),
  });
  expect(stderr).toBe("");
}
