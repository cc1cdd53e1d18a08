import { expect, it } from "vitest";
import { grantFingerprint } from "../../src/auth/grant-fingerprint.ts";

it.each([
  // The first half is FNV-1a of 32 bits, whose test vectors these are: http://www.isthe.com/chongo/tech/comp/fnv/
  ["", "811c9dc5"],
  ["a", "e40c292c"],
  ["foobar", "bf9cf968"],
  // A hash that begins with a zero keeps it.
  ["t0", "0944ee69"],
])("the fingerprint of %j begins with its FNV-1a hash, and has 64 bits", (credential, hash) => {
  expect(grantFingerprint(credential)).toMatch(new RegExp(`^${hash}[\\da-f]{8}$`));
});
