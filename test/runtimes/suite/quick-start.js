// @ts-check
import { Angelcam, bearerToken } from "angelcam-client";
import document from "angelcam-client/openapi.json" with { type: "json" };
import { equal, truth } from "./expect.js";
import { setUp } from "./set-up.js";

/** @type {import("./run.js").Check[]} */
export const quickStart = [
  {
    name: "quick start: signs in, reads the account, lists cameras, in three requests",
    async run() {
      const { sandbox, angelcam, clock } = setUp();
      const account = await angelcam.me.get();
      const cameras = await angelcam.cameras.list({ limit: 5 });
      equal(account.email, "user@example.com", "the account");
      equal([cameras.results.length, cameras.count], [5, 12], "cameras of the page, and of the account");
      equal(
        sandbox.requests.map(({ method, path }) => `${method} ${path}`),
        ["POST /oauth/token/", "GET /v1/me/", "GET /v1/cameras/"],
        "the requests",
      );
      equal(clock.pending, 0, "timers that are left");
    },
  },
  {
    name: "quick start: the same by path, with openapi-fetch's manners",
    async run() {
      const { angelcam } = setUp();
      const { data, response } = await angelcam.api.GET("/v1/me/");
      equal([response.status, data?.email], [200, "user@example.com"], "status and account");
    },
  },
  {
    name: "quick start: a fetch that is put in place later is used",
    async run() {
      const { sandbox } = setUp();
      const angelcam = new Angelcam({ auth: bearerToken(sandbox.tokens.signIn().access_token) });
      const { fetch } = globalThis;
      globalThis.fetch = sandbox.fetch;
      try {
        equal((await angelcam.me.get()).email, "user@example.com", "the account");
      } finally {
        globalThis.fetch = fetch;
      }
    },
  },
  {
    name: "quick start: the OpenAPI document can be imported",
    async run() {
      truth(document.openapi.startsWith("3.1"), "it is OpenAPI 3.1");
      truth("/v1/cameras/" in document.paths, "it has the cameras");
    },
  },
];
