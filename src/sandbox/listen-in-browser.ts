import type { listen as listenInNode } from "./listen.ts";

/** Replaces `listen.ts` where a bundler builds for a browser; the field `browser` of package.json says so. */
export const listen: typeof listenInNode = async () => {
  throw new Error("sandbox.listen() needs Node, Bun or Deno. In a browser, hand sandbox.fetch to the client instead");
};
