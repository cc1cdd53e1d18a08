/**
 * What needs a file system: for Node, Bun and Deno.
 *
 * @packageDocumentation
 */

export { TokenStoreError } from "../errors/token-store-error.ts";
export { type FileTokenStoreOptions, fileTokenStore } from "./file-token-store.ts";
