// @ts-check
import { equal, truth } from "./expect.js";

/** @type {import("./run.js").Check[]} */
export const readme = [
  {
    name: "the first code of the README runs against the mock, and makes its three calls",
    async run({ mockOrigin }) {
      /** @type {string[]} */
      const sent = [];
      /** @type {string[]} */
      const printed = [];
      const { fetch } = globalThis;
      const { log } = console;
      // It calls Angelcam itself. Requests for Angelcam go to the mock, and their original URLs are recorded.
      globalThis.fetch = (input, init) => {
        const url = new URL(/** @type {string} */ (input));
        if (!url.hostname.endsWith(".angelcam.com")) throw new Error(`the README asks ${url.hostname}`);
        sent.push(`${init?.method} ${url.origin}${url.pathname}`);
        return fetch(`${mockOrigin}${url.pathname}${url.search}`, init);
      };
      console.log = (...values) => printed.push(JSON.stringify(values));
      try {
        await import("./readme-first-block.js");
      } finally {
        console.log = log;
        globalThis.fetch = fetch;
      }
      equal(
        sent,
        [
          "POST https://my.angelcam.com/oauth/token/",
          "GET https://api.angelcam.com/v1/me/",
          "GET https://api.angelcam.com/v1/cameras/",
        ],
        "the requests",
      );
      truth(printed.join("").includes("user@example.com"), "it has printed the account");
      truth(printed.join("").includes('"status"'), "it has printed the cameras");
    },
  },
];
