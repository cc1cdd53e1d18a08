import { angelcam } from "./candidates/angelcam.ts";
import { axios } from "./candidates/axios.ts";
import { bareFetch } from "./candidates/bare-fetch.ts";
import { ky } from "./candidates/ky.ts";
import { ofetch } from "./candidates/ofetch.ts";
import { openai } from "./candidates/openai.ts";
import { openapiFetch } from "./candidates/openapi-fetch.ts";
import { redocly } from "./candidates/redocly.ts";

/** The baseline of every ratio: the smallest typed client. */
export const YARDSTICK = "openapi-fetch";

/** Our client with every feature. */
export const OURS = "angelcam-client";

/** All candidates, from the fewest features to the most. */
export async function candidates() {
  return [
    bareFetch,
    openapiFetch,
    ...(await Promise.all([ofetch(), ky(), axios(), redocly(), openai(), angelcam()])).flat(),
  ];
}
