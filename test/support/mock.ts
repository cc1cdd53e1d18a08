import { childrenOf, type Script, startScript } from "./script.ts";

/** A running `npm run mock`: the proxy and Prism behind it. */
export interface Mock extends AsyncDisposable {
  readonly origin: string;
  readonly script: Script;
  /** The process of Prism, a new one after each restart. */
  prism(): Promise<number | undefined>;
}

/** Starts `npm run mock` on a free port and waits until it listens. */
export async function startMock(): Promise<Mock> {
  const script = startScript(["scripts/mock/main.ts", "--port", "0"]);
  const [, origin = ""] = await script.printed(/listens on (http:\/\/\S+)/);
  return {
    origin,
    script,
    prism: async () => (await childrenOf(script.pid))[0],
    [Symbol.asyncDispose]: () => script[Symbol.asyncDispose](),
  };
}
