/**
 * One account on many machines: tokens and quota in Redis. For Node, Bun and Deno, with the client of your choice.
 *
 * @packageDocumentation
 */

export { TokenStoreError } from "../errors/client-errors.ts";
export type { EvalClient } from "./eval-client.ts";
export type { IoredisClient, NodeRedisClient, RedisClient } from "./redis-client.ts";
export { type RedisQuota, type RedisQuotaOptions, redisQuota } from "./redis-quota.ts";
export { type RedisTokenStoreOptions, redisTokenStore } from "./redis-token-store.ts";
