import type { Clock } from "../base/clock.ts";
import { type EvalClient, sendThroughEval } from "./eval-client.ts";

/** The method that is used of a client of the package `redis`. */
export interface NodeRedisClient {
  sendCommand(command: readonly string[]): Promise<unknown>;
}

/** The method that is used of a client of the package `ioredis`. */
export interface IoredisClient {
  call(command: string, ...args: string[]): Promise<unknown>;
}

/** A connected client of `redis`, `ioredis` or `iovalkey` as it is, one over REST with `eval`, or an object with such a method. */
export type RedisClient = NodeRedisClient | IoredisClient | EvalClient;

/** Sends one command, and waits no longer than the given milliseconds for the reply. */
export type SendCommand = (command: readonly string[], timeout?: number) => Promise<unknown>;

/** Milliseconds for a reply. A client that has lost its server keeps commands back, without a limit. */
const COMMAND_TIMEOUT = 10_000;

/**
 * The commands of a client. Their errors are safe to log: the errors of `ioredis` carry the arguments of the command, tokens
 * included, so that only their message is kept.
 *
 * @throws TypeError when it is no client.
 */
export function commandsOf(client: RedisClient, clock: Clock): SendCommand {
  const send = senderOf(client);
  return (command, timeout = COMMAND_TIMEOUT) =>
    new Promise((resolve, reject) => {
      const limit = Math.round(Math.min(timeout, COMMAND_TIMEOUT));
      const timer = clock.setTimeout(() => reject(new Error(`Redis did not reply within ${limit} ms`)), limit);
      send(command)
        .finally(() => clock.clearTimeout(timer))
        .then(resolve, (error) => reject(new Error(messageWithout(command, error))));
    });
}

/** A key that Redis Cluster keeps where `key` is, so that one script may use both. */
export function keyBeside(key: string, name: string): string {
  return hasHashTag(key) ? `${key}:${name}` : `{${key}}:${name}`;
}

/** Names of the keys that token stores and quotas keep beside their own. */
const BESIDE = /:(?:lock|queue|seen|tickets|paused|latest)$/;

/**
 * Checks a key, so that the keys beside one are never the key of another.
 *
 * @throws TypeError for what cannot be a key, and for one that could be taken for a lock.
 */
export function checkKey(key: unknown, caller: string): void {
  if (typeof key !== "string" || key === "") throw new TypeError(`${caller} needs a key, such as "angelcam:tokens"`);
  const reason = whyUnsafe(key);
  if (reason) throw new TypeError(`${caller} cannot use the key ${JSON.stringify(key)}: ${reason}`);
}

function whyUnsafe(key: string): string | undefined {
  const rest = key.replace(/\{[^{}]+\}/, "");
  if (/[{}]/.test(rest))
    return "braces are allowed only around one hash tag, as in {angelcam}:tokens. Encode them in names";
  if (!hasHashTag(key)) return undefined;
  if (rest === "") return "a hash tag alone is not enough. Add a name, as in {angelcam}:tokens";
  return BESIDE.test(key) ? "with a hash tag, this ending is that of a lock or quota. Choose another name" : undefined;
}

function hasHashTag(key: string): boolean {
  return /\{[^{}]+\}/.test(key);
}

function senderOf(client: RedisClient): (command: readonly string[]) => Promise<unknown> {
  // `ioredis` has a sendCommand as well, which takes something else.
  if (typeof (client as IoredisClient | undefined)?.call === "function") {
    return async ([name = "", ...args]) => (client as IoredisClient).call(name, ...args);
  }
  if (typeof (client as NodeRedisClient | undefined)?.sendCommand === "function") {
    return async (command) => (client as NodeRedisClient).sendCommand([...command]);
  }
  if (typeof (client as EvalClient | undefined)?.eval === "function") {
    return (command) => sendThroughEval(client as EvalClient, command);
  }
  throw new TypeError("A client of redis, ioredis, iovalkey or @upstash/redis is needed");
}

/** Redis quotes the arguments of a command that it does not know. */
function messageWithout(command: readonly string[], error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/,? with args beginning with:.*$/s, "") || `${command[0]} failed`;
}
