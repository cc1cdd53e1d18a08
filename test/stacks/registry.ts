import { BUNDLERS } from "./bundlers.ts";
import { COMPILERS } from "./compilers.ts";
import { FRAMEWORKS } from "./frameworks.ts";
import { PACKAGE_MANAGERS } from "./package-managers.ts";
import { REDIS_CLIENTS } from "./redis-clients.ts";
import type { Stack } from "./stack.ts";
import { TEST_RUNNERS } from "./test-runners.ts";

/** Every tool chain of the README's table, in its order. */
export const STACKS: readonly Stack[] = [
  ...TEST_RUNNERS,
  ...COMPILERS,
  ...BUNDLERS,
  ...FRAMEWORKS,
  ...PACKAGE_MANAGERS,
  ...REDIS_CLIENTS,
];
