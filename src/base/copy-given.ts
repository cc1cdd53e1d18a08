/** Options of which none is undefined. */
export type Given<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> };

/** A copy of the options of these names, without those that are undefined. */
export function copyGiven<T extends object>(options: T, names: readonly (keyof T)[]): Given<T> {
  const given: Given<T> = {};
  for (const name of names) if (options[name] !== undefined) given[name] = options[name] as Given<T>[typeof name];
  return given;
}
