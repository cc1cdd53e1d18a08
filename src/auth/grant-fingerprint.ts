/** Bytes of the hash that are kept: enough to tell two tokens apart, and no way back to either. */
const LENGTH = 16;

/**
 * The fingerprint of a refresh token or code, which is stored beside the tokens that came from it.
 *
 * @returns undefined where the runtime has no Web Crypto: a page that is served without https.
 */
export async function grantFingerprint(credential: string): Promise<string | undefined> {
  const { subtle } = globalThis.crypto ?? {};
  if (!subtle) return undefined;
  const hash = await subtle.digest("SHA-256", new TextEncoder().encode(`angelcam-client/grant ${credential}`));
  return Array.from(new Uint8Array(hash, 0, LENGTH), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
