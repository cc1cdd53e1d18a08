/**
 * Parts that need a file system, for Node, Bun and Deno.
 *
 * @packageDocumentation
 */

export { TokenStoreError } from "../errors/client-errors.ts";
export { type FileTokenStoreOptions, fileTokenStore } from "./file-token-store.ts";
