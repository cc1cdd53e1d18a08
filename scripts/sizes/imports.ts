/** A typical import: what a program takes from the package, bundled as an app would. */
export interface TypicalImport {
  readonly name: string;
  readonly code: string;
  /** Modules of the package that must not be in the bundle. */
  readonly without?: RegExp;
}

/** `export` keeps what is imported: a bundler drops the rest. */
export const IMPORTS: readonly TypicalImport[] = [
  { name: "Angelcam", code: 'export { Angelcam } from "angelcam-client";', without: /\/helpers\// },
  {
    name: "Angelcam, OAuthSession, passwordGrant",
    code: 'export { Angelcam, OAuthSession, passwordGrant } from "angelcam-client";',
    without: /\/helpers\//,
  },
  {
    name: "Angelcam, footage",
    code: 'export { Angelcam, footage } from "angelcam-client";',
    without: /\/auth\/session/,
  },
  {
    name: "NotFoundError",
    code: 'export { NotFoundError } from "angelcam-client";',
    without: /\/(generated|transport|auth|client|quota|helpers)\/|openapi-fetch/,
  },
  {
    name: "verifyWebhook",
    code: 'export { verifyWebhook } from "angelcam-client/webhooks";',
    without: /\/(generated|transport|auth|client|quota|helpers)\/|openapi-fetch/,
  },
  { name: "everything of the main entry", code: 'export * from "angelcam-client";' },
];
