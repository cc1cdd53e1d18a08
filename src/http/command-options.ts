// Node only: the command lines of mock and sandbox.
import { createRequire } from "node:module";
import { parseArgs } from "node:util";

/** An option of a command, as `parseArgs` takes it, with a line for its help. */
export interface CommandOption {
  readonly type: "string" | "boolean";
  readonly short?: string;
  readonly default?: string | boolean;
  /** The name of its value in the help: `PORT`. */
  readonly value?: string;
  readonly help: string;
}

/** The options that every command has. */
export const COMMON_OPTIONS = {
  version: { type: "boolean", default: false, help: "print the version" },
  help: { type: "boolean", short: "h", default: false, help: "print this text" },
} as const satisfies Readonly<Record<string, CommandOption>>;

/**
 * Reads the options of a command.
 *
 * @throws Error for an unknown option.
 */
export function readOptions<Options extends Readonly<Record<string, CommandOption>>>(args: string[], options: Options) {
  try {
    return parseArgs({ args, options, tokens: true });
  } catch (error) {
    // Node goes on with advice about arguments that the command does not take.
    throw new TypeError((error as Error).message.split(". ")[0]);
  }
}

/** A line for each option: its name, its value, what it does, and its default. */
export function formatOptions(options: Readonly<Record<string, CommandOption>>): string {
  const lines = Object.entries(options).map(([name, { short, value, help, default: byDefault }]) => {
    const left = `${short === undefined ? "    " : `-${short}, `}--${name}${value === undefined ? "" : ` ${value}`}`;
    return { left, help: typeof byDefault === "string" ? `${help} (default: ${byDefault})` : help };
  });
  const width = Math.max(...lines.map(({ left }) => left.length));
  return lines.map(({ left, help }) => `  ${left.padEnd(width)}  ${help}`).join("\n");
}

/** The version of this package. */
export function packageVersion(): string {
  return (createRequire(import.meta.url)("angelcam-client/package.json") as { version: string }).version;
}

/** @throws RangeError naming the option for a text that is no whole number in its range. */
export function wholeNumber(name: string, text: string, least: number, most = Number.MAX_SAFE_INTEGER): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least} up` : `from ${least} to ${most}`;
  throw new RangeError(`--${name} takes a whole number ${range}, not ${JSON.stringify(text)}`);
}
