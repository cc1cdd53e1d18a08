import { angelcam } from "./contenders/angelcam.ts";
import { axios } from "./contenders/axios.ts";
import { bareFetch } from "./contenders/bare-fetch.ts";
import { ky } from "./contenders/ky.ts";
import { ofetch } from "./contenders/ofetch.ts";
import { openai } from "./contenders/openai.ts";
import { openapiFetch } from "./contenders/openapi-fetch.ts";
import { redocly } from "./contenders/redocly.ts";

/** The client that is measured against: the least that one can do with types. */
export const YARDSTICK = "openapi-fetch";

/** Ours, with all that it does. */
export const OURS = "angelcam-client";

/** Everybody, from the least to the most. */
export async function contenders() {
  return [
    bareFetch,
    openapiFetch,
    ...(await Promise.all([ofetch(), ky(), axios(), redocly(), openai(), angelcam()])).flat(),
  ];
}
