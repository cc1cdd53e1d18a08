import type { CurrentUser } from "../../generated/schema.ts";
import type { TimeSource } from "./clock.ts";
import { makeSpace } from "./make-space.ts";
import { Random } from "./random.ts";
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
  readonly spaces: readonly [Space, Space];
  /** True once its user has deleted it. */
  isDeleted: boolean;
}

/** How far apart the ids of two accounts are, and those of two spaces of an account. */
const [BETWEEN_ACCOUNTS, BETWEEN_SPACES] = [1_000_000, 500_000];

/** The spaces of an account, as in spec/paths/v1/spaces.yaml. */
const SPACES = [
  { id: 411, name: "Northwind Logistics" },
  { id: 536, name: "Svoboda family" },
] as const;

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
    const username = options.username ?? (index === 0 ? "user@example.com" : `user${index + 1}@example.com`);
    const password = options.password ?? `sandbox-password-${index + 1}`;
    const profile = { ...inventProfile(index, username, random), ...options.profile };
    const count = options.cameras ?? cameras;
    const spaceOf = (number: 0 | 1): Space => {
      const ownSeed = `${seed}/accounts/${index}${number === 0 ? "" : `/spaces/${number}`}`;
      const { id, name } = SPACES[number];
      const own = {
        id: id + index * BETWEEN_ACCOUNTS,
        name,
        is_default: number === 0,
        offset: index * BETWEEN_ACCOUNTS + number * BETWEEN_SPACES,
        cameraCount: number === 0 ? count : Math.ceil(count * OTHER_SPACE_SHARE),
        random: number === 0 ? random : new Random(ownSeed),
      };
      return makeSpace({ ...own, userId: profile.id, clock, siblings: () => spaces }, ownSeed);
    };
    const spaces: Account["spaces"] = [spaceOf(0), spaceOf(1)];
    return { ...spaces[0].content, username, password, profile, spaces, isDeleted: false };
  });
}

/** The first account is the one of the quick start. */
function inventProfile(index: number, email: string, random: Random): CurrentUser {
  return {
    id: 1234 + index * 17,
    email,
    first_name: index === 0 ? "Keyshawn" : random.pick(FIRST_NAMES),
    last_name: index === 0 ? "Jacobs" : random.pick(LAST_NAMES),
    phone: index === 0 ? "+1608494652" : null,
    root_site: 87 + index * BETWEEN_ACCOUNTS,
    require_qualification: false,
    available_features: { live_view: true, connect_camera: true },
  };
}
