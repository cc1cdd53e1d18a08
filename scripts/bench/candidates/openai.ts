import { type CameraPage, type Candidate, everyPage, PAGE } from "../candidate.ts";
import { loadPeer } from "../peer.ts";

interface OpenAi {
  new (options: object): { get<T>(path: string, options?: object): Promise<T> };
}

/** Another API's SDK, and the model of its kind. Its core can be sent to any server; its pages are those of its own API. */
export async function openai(): Promise<Candidate[]> {
  const { default: OpenAI } = await loadPeer<{ default: OpenAi }>("openai");
  return [
    {
      name: "openai",
      module: "openai",
      features: ["token", "errors", "timeout", "retries"],
      connect({ origin, token, fetch }) {
        const client = new OpenAI({
          apiKey: token,
          baseURL: origin,
          timeout: 30_000,
          maxRetries: 2,
          logLevel: "off",
          ...(fetch ? { fetch } : {}),
        });
        return {
          camera: (id) => client.get(`/v1/cameras/${id}/`),
          cameras: () =>
            everyPage((offset) => client.get<CameraPage>("/v1/cameras/", { query: { limit: PAGE, offset } })),
        };
      },
    },
  ];
}
