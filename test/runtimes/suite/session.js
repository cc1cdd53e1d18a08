// @ts-check
import { AngelcamError, OAuthError } from "angelcam-client";
import { equal, failure, truth } from "./expect.js";
import { setUp } from "./set-up.js";

const roomy = { sandbox: { quota: /** @type {const} */ (false) }, client: { quota: /** @type {const} */ (false) } };

/** @type {import("./run.js").Check[]} */
export const session = [
  {
    name: "refresh: 100 calls that meet an expired token make one token request, and all succeed",
    async run() {
      const { sandbox, angelcam, clock } = setUp(roomy);
      await angelcam.me.get();
      sandbox.expireAccessTokens();
      sandbox.clearLog();
      const accounts = await Promise.all(Array.from({ length: 100 }, () => angelcam.me.get()));
      equal(accounts.filter(({ email }) => email === "user@example.com").length, 100, "calls that succeeded");
      equal(sandbox.count({ operation: "oauth.createToken" }), 1, "token requests");
      equal(sandbox.tokenReuses, 0, "refresh tokens that were used twice");
      equal(clock.pending, 0, "timers that are left");
    },
  },
  {
    name: "refresh: a token is refreshed before it expires",
    async run() {
      const { sandbox, angelcam, clock } = setUp({ ...roomy, sandbox: { quota: false, accessTokenLifetime: 600 } });
      await angelcam.me.get();
      clock.advance(545_000);
      await angelcam.me.get();
      equal(sandbox.count({ operation: "oauth.createToken", grant: "refresh_token", status: 200 }), 1, "refreshes");
      equal(sandbox.count({ status: 401 }), 0, "calls that were turned away");
    },
  },
  {
    name: "refresh: a wrong password is an OAuthError that shows no secret",
    async run() {
      const { sandbox, angelcam } = setUp(roomy);
      sandbox.faults.add({
        operation: "oauth.createToken",
        status: 400,
        body: { error: "invalid_grant", error_description: `No user has the password ${sandbox.account.password}.` },
      });
      const error = await failure(angelcam.me.get(), OAuthError);
      truth(error instanceof AngelcamError, "it is an AngelcamError");
      truth(!`${JSON.stringify(error)} ${error.stack}`.includes(sandbox.account.password), "no secret is in it");
    },
  },
];
