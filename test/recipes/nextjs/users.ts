import type { Accounts } from "./angelcam.ts";

/** Your own sign-in decides who asks. Here it is a header, which a proxy in front has checked. */
export function userOf(request: Request): string | undefined {
  return request.headers.get("X-User") || undefined;
}

const refreshTokens = new Map<string, string>();

/** Your database. */
export const accounts: Accounts = {
  refreshTokenOf: async (user) => refreshTokens.get(user),
  saveRefreshToken: async (user, refreshToken) => void refreshTokens.set(user, refreshToken),
};
