import { expect, test } from "vitest";

/**
 * One test for all cases of a kind. It fails with the list of the cases for which the check fails, and without any case.
 *
 * @param label Names a case in that list: `"$name $status"` takes the properties of the case.
 */
export function testAll<T>(
  title: string,
  cases: readonly T[],
  label: string,
  check: (one: T) => void | Promise<void>,
): void {
  test(
    title,
    async () => {
      expect(cases.length, "cases to check").toBeGreaterThan(0);
      expect(await failuresOf(cases, label, check)).toEqual([]);
    },
    LONGEST,
  );
}

/** Milliseconds for all cases together: a thousand requests take a minute on a busy machine. */
const LONGEST = 300_000;

/** The cases for which the check fails, each with its reason. */
export async function failuresOf<T>(
  cases: readonly T[],
  label: string,
  check: (one: T) => void | Promise<void>,
): Promise<string[]> {
  const failures: string[] = [];
  for (const one of cases) {
    try {
      await check(one);
    } catch (error) {
      failures.push(`${labelOf(label, one)}: ${error instanceof Error ? error.message : error}`);
    }
  }
  return failures;
}

function labelOf(label: string, one: unknown): string {
  return label.replaceAll(/\$([\w.]*)/g, (_, path: string) => {
    const names = path.split(".").filter(Boolean);
    return String(names.reduce((value, name) => Object(value)[name], one));
  });
}
