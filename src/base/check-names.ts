import { checkObject } from "./check-type.ts";
import { nearestName } from "./nearest-name.ts";

/**
 * Rejects an object that has a property of an unknown name, so that a misspelt option does not go unnoticed.
 *
 * @param kind What the names are, for the message: `cameras.list: query parameter`.
 * @param hint What to say of a name that belongs elsewhere.
 * @throws TypeError naming the property and the nearest known name.
 */
export function checkNames(
  kind: string,
  values: object,
  known: readonly string[],
  hint?: (name: string) => string | undefined,
): void {
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || known.includes(name)) continue;
    const nearest = nearestName(name, known);
    const advice = hint?.(name) ?? (nearest ? `Did you mean ${nearest}?` : `Known: ${known.join(", ") || "none"}.`);
    throw new TypeError(`unknown ${kind} ${JSON.stringify(name)}. ${advice}`);
  }
}

/**
 * Rejects options that are no object, and those that have a property of an unknown name.
 *
 * @param caller Whose options they are, for the message: `footage`.
 * @throws TypeError naming the property and the nearest known name.
 */
export function checkOptionNames(caller: string, options: unknown, known: readonly string[]): void {
  checkObject(`${caller}: the options`, options);
  checkNames(`option of ${caller}:`, options, known);
}
