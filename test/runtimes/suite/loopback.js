// @ts-check
import {
  Angelcam,
  ConnectionError,
  NotFoundError,
  OAuthSession,
  passwordGrant,
  personalAccessToken,
} from "angelcam-client";
import { equal, failure, truth } from "./expect.js";

/**
 * The client over real HTTP, with the runtime's own `fetch`, to a sandbox on this machine that only these checks use.
 *
 * @param {import("./run.js").Surroundings} surroundings
 */
function client({ sandboxOrigin, username, password, clientId }) {
  const session = new OAuthSession({ clientId, grant: passwordGrant({ username, password }) });
  return new Angelcam({ auth: session, baseUrl: sandboxOrigin, quota: false, retry: false });
}

/** @type {import("./run.js").Check[]} */
export const loopback = [
  {
    name: "over HTTP: 100 calls at once sign in once, and all succeed",
    async run(surroundings) {
      /** @type {string[]} */
      const sent = [];
      const { sandboxOrigin, username, password, clientId } = surroundings;
      const session = new OAuthSession({ clientId, grant: passwordGrant({ username, password }) });
      const angelcam = new Angelcam({
        auth: session,
        baseUrl: sandboxOrigin,
        quota: false,
        onEvent: (event) => event.type === "request" && sent.push(event.operationId),
      });
      const accounts = await Promise.all(Array.from({ length: 100 }, () => angelcam.me.get()));
      equal(accounts.filter(({ email }) => email === username).length, 100, "calls that succeeded");
      equal(sent.filter((operation) => operation === "oauth.createToken").length, 1, "token requests");
    },
  },
  {
    name: "over HTTP: 250 cameras come in pages, each once",
    async run(surroundings) {
      const cameras = await client(surroundings).cameras.list().toArray();
      equal([cameras.length, new Set(cameras.map(({ id }) => id)).size], [250, 250], "cameras");
    },
  },
  {
    name: "over HTTP: an abort ends a call that is under way",
    async run(surroundings) {
      const angelcam = client(surroundings);
      await angelcam.me.get();
      const controller = new AbortController();
      const call = failure(angelcam.publicCameras.list({}, { signal: controller.signal }), Error);
      // By then the request is with the sandbox, which never responds to it.
      await angelcam.me.get();
      controller.abort(new Error("the user has gone"));
      equal((await call).message, "the user has gone", "the reason");
      equal((await angelcam.me.get()).email, surroundings.username, "the account afterwards");
    },
  },
  {
    name: "over HTTP: an error response is a typed error",
    async run(surroundings) {
      const error = await failure(client(surroundings).cameras.get(1), NotFoundError);
      equal([error.status, error.operationId], [404, "cameras.get"], "its details");
    },
  },
  {
    name: "over HTTP: a response that breaks off is a ConnectionError",
    async run(surroundings) {
      const error = await failure(client(surroundings).locations.list(), ConnectionError);
      equal([error.code, error.attempts], ["connection_failed", 1], "its details");
    },
  },
  {
    name: "over HTTP: a port without a server is a ConnectionError that can be tried again",
    async run({ closedOrigin }) {
      const angelcam = new Angelcam({ baseUrl: closedOrigin, auth: personalAccessToken("fe6a3f0c25b8"), retry: false });
      const error = await failure(angelcam.me.get(), ConnectionError);
      truth(error.retryable, "it can be tried again");
    },
  },
];
