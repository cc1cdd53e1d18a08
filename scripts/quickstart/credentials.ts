import type { Document } from "../generate/document.ts";
import { operationsOf, sampleRequest } from "../shared/sample-request.ts";

/** How the quick start signs in: with a session as in its text, or with a personal access token. */
export type Credentials =
  | { readonly clientId: string; readonly username: string; readonly password: string }
  | { readonly token: string };

const VARIABLES = {
  clientId: "ANGELCAM_CLIENT_ID",
  username: "ANGELCAM_USERNAME",
  password: "ANGELCAM_PASSWORD",
} as const;

const TOKEN_VARIABLE = "ANGELCAM_TOKEN";

/** Variables of the environment that are not set. Its message names them, and no value of any other. */
export class MissingCredentialsError extends Error {
  override readonly name = "MissingCredentialsError";

  constructor(missing: readonly string[]) {
    super(
      `Not set in the environment: ${missing.join(", ")}\n` +
        `Signing in to Angelcam needs ${Object.values(VARIABLES).join(", ")};\n` +
        `or ${TOKEN_VARIABLE}, a personal access token, in place of the three.`,
    );
  }
}

/**
 * Reads the credentials of a real account. A personal access token wins.
 *
 * @throws MissingCredentialsError naming every variable that is not set.
 */
export function credentialsFrom(environment: NodeJS.ProcessEnv): Credentials {
  const token = environment[TOKEN_VARIABLE];
  if (token) return { token };
  const missing = Object.values(VARIABLES).filter((name) => !environment[name]);
  if (missing.length > 0) throw new MissingCredentialsError(missing);
  return {
    clientId: environment[VARIABLES.clientId] ?? "",
    username: environment[VARIABLES.username] ?? "",
    password: environment[VARIABLES.password] ?? "",
  };
}

/** The credentials of the document's examples, the only ones that the mock knows. */
export function credentialsOfExample(document: Document): Credentials {
  const operation = operationsOf(document).find(({ id }) => id === "oauth.createToken");
  const { client_id = "", username = "", password = "" } = (operation && sampleRequest(document, operation).form) ?? {};
  return { clientId: client_id, username, password };
}
