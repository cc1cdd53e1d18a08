import type { TokenStore, Tokens } from "angelcam-client";

/** What Keyv, Deno KV, Cloudflare KV, unstorage and their like have in common. */
export interface KeyValueStore {
  get(key: string): Promise<string | null | undefined>;
  set(key: string, value: string): Promise<unknown>;
}

/**
 * Keeps tokens under one key. Such stores have no lock, so let one process alone use an account; for several, take
 * `redisTokenStore` or the Postgres recipe. A store that is read late, such as Cloudflare KV, is not safe for tokens that
 * are used from several places.
 */
export function keyValueTokenStore(store: KeyValueStore, key: string): TokenStore {
  return {
    async read() {
      const text = await store.get(key);
      return text ? (JSON.parse(text) as Tokens) : undefined;
    },
    async write(tokens) {
      await store.set(key, JSON.stringify(tokens));
    },
  };
}
