import type { AngelcamError } from "./angelcam-error.ts";

const isOrdinaryInstance = Function.prototype[Symbol.hasInstance];

/**
 * Makes `instanceof` work across copies of this package, such as one that a program imports and one that it requires: each class
 * knows what the class of that name has made in any copy. The build adds this to the entries for Node.
 *
 * @param classes Error classes by their public names.
 */
export function brandErrors(classes: Readonly<Record<string, typeof AngelcamError>>): void {
  for (const [name, errorClass] of Object.entries(classes)) {
    const brand = Symbol.for(`angelcam-client.${name}`);
    Object.defineProperty(errorClass.prototype, brand, { value: true });
    Object.defineProperty(errorClass, Symbol.hasInstance, {
      // A class that extends it inherits this function, and is an ordinary class: the errors of its base are none of its own.
      value(this: unknown, error: unknown): boolean {
        if (this !== errorClass) return isOrdinaryInstance.call(this, error);
        return Object(error)[brand] === true;
      },
      configurable: true,
    });
  }
}
