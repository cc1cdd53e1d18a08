// @ts-check
// The suite as a worker: a request runs it, and the response holds the results.
import { run } from "./run.js";

/** A worker of workerd: https://developers.cloudflare.com/workers/runtime-apis/handlers/fetch/ */
const worker = {
  /** @param {Request} request */
  async fetch(request) {
    return Response.json(await run(await request.json()));
  },
};

// biome-ignore lint/style/noDefaultExport: workerd looks for the worker there.
export { worker as default };
