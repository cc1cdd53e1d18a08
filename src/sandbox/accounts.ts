import type { CurrentUser } from "../../generated/schema.ts";
import { Random } from "../base/random.ts";
import type { TimeSource } from "./clock.ts";
import { rulesFor } from "./document.ts";
import { makeSpace } from "./make-space.ts";
import type { SandboxSpace, SandboxSpaceContent, Space } from "./space.ts";

/** An account of the sandbox, with what belongs to its default space. */
export interface SandboxAccount extends SandboxSpaceContent {
  /** The e-mail address to sign in with. */
  readonly username: string;
  readonly password: string;
  /** The response of `me.get` without the numbers of cameras, which are counted. */
  readonly profile: CurrentUser;
  /** The spaces of the account: the default one and another, which has nothing in common with it. */
  readonly spaces: readonly SandboxSpace[];
}

/** An account to start with. What is left out is made up. */
export interface SandboxAccountOptions {
  readonly username?: string;
  readonly password?: string;
  readonly profile?: Partial<CurrentUser>;
  /** How many cameras its default space starts with; the sandbox's `cameras` by default. */
  readonly cameras?: number;
}

/** An account with all that the parts of the API need of it. */
export interface Account extends SandboxAccount {
  readonly spaces: readonly [Space, ...Space[]];
  /** True once its user has deleted it. */
  isDeleted: boolean;
}

/** The spaces of the accounts that were not deleted. */
export function spacesOf(accounts: readonly Account[]): readonly Space[] {
  return accounts.filter(({ isDeleted }) => !isDeleted).flatMap(({ spaces }) => spaces);
}

/** The user name of an account that is given none. */
export const usernameAt = (index: number) => (index === 0 ? "user@example.com" : `user${index + 1}@example.com`);

/** How far apart the ids of two accounts are, and those of two spaces of an account. */
const [BETWEEN_ACCOUNTS, BETWEEN_SPACES] = [1_000_000, 500_000];

/** The first examples of the document: two spaces, and the user of the quick start. */
const [SPACES] = rulesFor("spaces.list").examples as [readonly Pick<Space, "id" | "name" | "is_default">[]];
const [USER] = rulesFor("me.get").examples as [CurrentUser];

/** The part of the cameras that the other space has beside the default one. */
const OTHER_SPACE_SHARE = 1 / 4;

const FIRST_NAMES = ["Lena", "Omar", "Ines", "Jonas", "Priya"] as const;
const LAST_NAMES = ["Svoboda", "Haddad", "Costa", "Berg", "Nair"] as const;

/** Makes the accounts. The same seed makes the same accounts, and one more account does not change the others. */
export function makeAccounts(
  requested: readonly SandboxAccountOptions[],
  { cameras, seed, clock }: { cameras: number; seed: number; clock: TimeSource },
): Account[] {
  return requested.map((options, index) => {
    const random = new Random(`${seed}/accounts/${index}`);
    const username = options.username ?? usernameAt(index);
    const password = options.password ?? `sandbox-password-${index + 1}`;
    const profile = { ...inventProfile(index, username, random), ...options.profile };
    const count = options.cameras ?? cameras;
    const spaces: Account["spaces"] = SPACES.map((space, number) =>
      makeSpace({
        ...space,
        id: space.id + index * BETWEEN_ACCOUNTS,
        offset: index * BETWEEN_ACCOUNTS + number * BETWEEN_SPACES,
        cameraCount: space.is_default ? count : Math.ceil(count * OTHER_SPACE_SHARE),
        userId: profile.id,
        seed: `${seed}/accounts/${index}${space.is_default ? "" : `/spaces/${number}`}`,
        clock,
        siblings: () => spaces,
      }),
    ) as [Space, ...Space[]];
    return { ...spaces[0].content, username, password, profile, spaces, isDeleted: false };
  });
}

/** The first account is the one of the quick start. */
function inventProfile(index: number, email: string, random: Random): CurrentUser {
  const { my_cameras_count, shared_cameras_count, total_cameras_count, cameras_with_guests_count, ...user } = USER;
  if (index === 0) return { ...user, email };
  const [first_name, last_name] = [random.pick(FIRST_NAMES), random.pick(LAST_NAMES)];
  const root_site = Number(user.root_site) + index * BETWEEN_ACCOUNTS;
  return { ...user, id: user.id + index * 17, email, first_name, last_name, phone: null, root_site };
}
