/** A program that Angelcam gave a client id. */
export interface SandboxClient {
  readonly clientId: string;
  /**
   * Its secret. Where a request carries a secret, it must be this one; the code grant must carry it. A client without
   * one cannot use the code grant.
   */
  readonly clientSecret?: string;
  /** The grants that it may use; all by default. */
  readonly grants?: readonly SandboxGrant[];
  /** The scopes that it may request; all by default. */
  readonly scopes?: readonly string[];
  /** The redirect addresses on its list; any address by default. */
  readonly redirectUris?: readonly string[];
}

/** A kind of grant, as `grant_type` names it. */
export type SandboxGrant = "password" | "authorization_code" | "refresh_token";

/** The client of the quick start, with a secret that was made up for the sandbox. */
export const DEFAULT_CLIENT: SandboxClient & { readonly clientSecret: string } = {
  clientId: "DBaJcGbAT2Tbvbrz0fLh1uRmYURprJAQPxwFsgoo",
  clientSecret: "sandbox-client-secret-1",
};
