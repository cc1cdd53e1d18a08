// @ts-check
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Angelcam, OAuthSession, refreshTokenGrant } from "angelcam-client";
import { fileTokenStore } from "angelcam-client/node";
import { equal } from "./expect.js";
import { setUp } from "./set-up.js";

/**
 * For runtimes with files: Node, Bun and Deno.
 *
 * @type {import("./run.js").Check[]}
 */
export const files = [
  {
    name: "files: tokens that were saved in a file are used by the next program, and one refresh serves both",
    async run() {
      const folder = await mkdtemp(path.join(tmpdir(), "angelcam-tokens-"));
      try {
        const { sandbox, clock } = setUp();
        const refreshToken = sandbox.tokens.signIn().refresh_token ?? "";
        const client = () => {
          const auth = new OAuthSession({
            clientId: sandbox.client.clientId,
            grant: refreshTokenGrant({ refreshToken }),
            store: fileTokenStore(path.join(folder, "tokens.json")),
          });
          return new Angelcam({ auth, fetch: sandbox.fetch, clock });
        };
        await Promise.all([client().me.get(), client().me.get()]);
        await client().me.get();
        equal(sandbox.count({ operation: "oauth.createToken" }), 1, "token requests");
      } finally {
        await rm(folder, { recursive: true });
      }
    },
  },
];
