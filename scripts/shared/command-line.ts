import { type ParseArgsConfig, parseArgs } from "node:util";

type Options = NonNullable<ParseArgsConfig["options"]>;

type Values<T extends Options> = ReturnType<typeof parseArgs<{ options: T }>>["values"];

/** A command line that cannot be understood. Its message is for the person who typed it. */
export class CommandLineError extends Error {
  override readonly name = "CommandLineError";
}

/**
 * Reads the options that a script was started with.
 *
 * @throws CommandLineError for an option that there is not, with the script's help behind it.
 */
export function readCommandLine<T extends Options>(options: T, help: string): Values<T> {
  try {
    return parseArgs({ options, allowNegative: false }).values;
  } catch (error) {
    // Node goes on with advice about arguments that no script here takes.
    const what = (error as Error).message.split(". ")[0];
    throw new CommandLineError(`${what}\n\n${help}`);
  }
}

/**
 * Reads a port.
 *
 * @throws CommandLineError for anything but a whole number from 0 to 65535.
 */
export function portOf(text: string, help: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new CommandLineError(`--port must be a whole number from 0 to 65535, got "${text}"\n\n${help}`);
}
