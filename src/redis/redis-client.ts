import type { Clock } from "../base/clock.ts";

/** What is needed of a client of the package `redis`. */
export interface NodeRedisClient {
  sendCommand(command: readonly string[]): Promise<unknown>;
}

/** What is needed of a client of the package `ioredis`. */
export interface IoredisClient {
  call(command: string, ...args: string[]): Promise<unknown>;
}

/** A connected client of `redis` or `ioredis` as it is, or an object with one of these two methods. */
export type RedisClient = NodeRedisClient | IoredisClient;

/** Sends one command, and waits no longer than so many milliseconds for the answer. */
export type SendCommand = (command: readonly string[], timeout?: number) => Promise<unknown>;

/** Milliseconds for an answer. A client that has lost its server keeps commands back, for ever if need be. */
const COMMAND_TIMEOUT = 10_000;

/**
 * The commands of a client. Their errors are safe to log: the errors of `ioredis` carry the arguments of the command, tokens
 * included, so that nothing but their message is kept.
 *
 * @throws TypeError when it is no client.
 */
export function commandsOf(client: RedisClient, clock: Clock): SendCommand {
  const send = senderOf(client);
  return (command, timeout = COMMAND_TIMEOUT) =>
    new Promise((fulfil, reject) => {
      const timer = clock.setTimeout(
        () => reject(new Error(`Redis did not answer within ${timeout} ms`)),
        Math.min(timeout, COMMAND_TIMEOUT),
      );
      send(command)
        .finally(() => clock.clearTimeout(timer))
        .then(fulfil, (error) => reject(new Error(messageWithout(command, error))));
    });
}

/** A key that Redis Cluster keeps where `key` is, so that one script may use both. */
export function keyBeside(key: string, name: string): string {
  return /\{[^{}]+\}/.test(key) ? `${key}:${name}` : `{${key}}:${name}`;
}

/** @throws TypeError for what cannot be a key. */
export function checkKey(key: unknown, caller: string): void {
  if (typeof key !== "string" || key === "") throw new TypeError(`${caller} needs a key, such as "angelcam:tokens"`);
}

function senderOf(client: RedisClient): (command: readonly string[]) => Promise<unknown> {
  // `ioredis` has a sendCommand as well, which takes something else.
  if (typeof (client as IoredisClient | undefined)?.call === "function") {
    return async ([name = "", ...args]) => (client as IoredisClient).call(name, ...args);
  }
  if (typeof (client as NodeRedisClient | undefined)?.sendCommand === "function") {
    return async (command) => (client as NodeRedisClient).sendCommand([...command]);
  }
  throw new TypeError("A client of the package redis or ioredis is needed");
}

/** Redis quotes the arguments of a command that it does not know. */
function messageWithout(command: readonly string[], error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/,? with args beginning with:.*$/s, "") || `${command[0]} failed`;
}
