import { createSandbox } from "../sandbox/create-sandbox.ts";

/** Environment variables, by the inputs of workflows that they become. */
export const VARIABLES = {
  clientId: "ANGELCAM_CLIENT_ID",
  username: "ANGELCAM_USERNAME",
  password: "ANGELCAM_PASSWORD",
} as const;

/** A personal access token, instead of the three. */
export const TOKEN_VARIABLE = "ANGELCAM_TOKEN";

/** The credentials of a run, as far as they are known. */
export interface Credentials {
  readonly clientId?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly personalAccessToken?: string | undefined;
}

/**
 * Reads the credentials from the environment. A server on this machine gets those of a sandbox as it starts by itself
 * when nothing is set: these are no secret, and the mock takes any.
 */
export function credentialsFrom(
  environment: Readonly<Record<string, string | undefined>>,
  isLocal: boolean,
): Credentials {
  const found = {
    clientId: environment[VARIABLES.clientId] || undefined,
    username: environment[VARIABLES.username] || undefined,
    password: environment[VARIABLES.password] || undefined,
    personalAccessToken: environment[TOKEN_VARIABLE] || undefined,
  };
  if (!isLocal || Object.values(found).some((value) => value !== undefined)) return found;
  const { client, account } = createSandbox({ cameras: 0 });
  return { clientId: client.clientId, username: account.username, password: account.password };
}

/** True when the credentials are enough to get a token. */
export function canSignIn({ clientId, username, password, personalAccessToken }: Credentials): boolean {
  return Boolean(personalAccessToken ?? (clientId && username && password));
}
