/**
 * The effect of a workflow or a step on the account, as `x-effects` says in the workflow's file.
 *
 * - `writes`: it creates, changes or deletes something.
 * - `uses-up-quota`: for a while the account gets only 429.
 * - `ends-session`: it ends the session that it signed in with.
 */
export type Effect = (typeof EFFECTS)[number];

/** Every effect. */
export const EFFECTS = ["writes", "uses-up-quota", "ends-session"] as const;

/** Why something with this effect does not run, and the remedy. */
export const REASONS: Readonly<Record<Effect, string>> = {
  writes: "it writes: allow that with --write",
  "uses-up-quota":
    "it uses up the quota of the account: off this machine it runs only when it is named with --workflow",
  "ends-session": "it ends a session: off this machine it runs only when its workflow is named with --workflow",
};
