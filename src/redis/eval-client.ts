/**
 * The method that is used of a client over REST, such as `Redis` of `@upstash/redis`. Create it with
 * `automaticDeserialization: false`: replies are needed as they were saved.
 */
export interface EvalClient {
  eval(script: string, keys: string[], args: string[]): Promise<unknown>;
}

/** A command other than EVAL. Its first argument is its key. */
const ANY_COMMAND = "return redis.call(ARGV[1], KEYS[1], unpack(ARGV, 2))";

/** Sends a command with `eval` alone, the only method that all of these clients have with the same arguments. */
export async function sendThroughEval(client: EvalClient, command: readonly string[]): Promise<unknown> {
  const [name = "", first = "", ...rest] = command;
  if (name !== "EVAL") return client.eval(ANY_COMMAND, [first], [name, ...rest]);
  const [count, ...parameters] = rest;
  return client.eval(first, parameters.slice(0, Number(count)), parameters.slice(Number(count)));
}
