import { expectTypeOf, test } from "vitest";
import type * as angelcamClient from "../../src/index.ts";

// Checked by the compiler, never run. One `any` on the public face would switch off checks in the code of its users.
// The gate "no any on the public face" looks through the built declarations as well, to every depth.

type IsAny<T> = 0 extends 1 & T ? true : false;

/** Counts down, so that types that hold themselves come to an end. */
type Less = [never, 0, 1, 2, 3, 4, 5];
type Depth = Less[number];

/** Types of the runtime and of openapi-fetch, which may hold `any`: they are not ours to change. */
type Foreign =
  | Date
  | Response
  | Headers
  | AbortSignal
  | ReadonlySet<unknown>
  | typeof globalThis.fetch
  | angelcamClient.Api;

/** True when there is an `any` in a type: as a property, an argument, a result or an item, some levels down. */
type HasAny<T, D extends Depth = 5> =
  IsAny<T> extends true ? true : [D] extends [never] ? false : true extends Part<T, D> ? true : false;

/** Distributes over a union, so that each of its parts is looked into. */
type Part<T, D extends Depth> = T extends Foreign | string | number | boolean | symbol | null | undefined
  ? false
  : T extends abstract new (
        ...values: infer Values
      ) => infer Made
    ? HasAny<Values[number], Less[D]> | HasAny<Made, Less[D]>
    : T extends (...values: infer Values) => infer Result
      ? HasAny<Values[number], Less[D]> | HasAny<Result, Less[D]>
      : T extends Promise<infer Value>
        ? HasAny<Value, Less[D]>
        : // The library's own iterators have an any where they receive an error.
          T extends AsyncIterator<infer Item, unknown, never>
          ? HasAny<Item, Less[D]>
          : T extends readonly (infer Item)[]
            ? HasAny<Item, Less[D]>
            : { [K in keyof T]: HasAny<T[K], Less[D]> }[keyof T];

/** The names that the package exports, each true when it holds an `any`. */
type Exported = typeof angelcamClient;
type Faults = { [Name in keyof Exported as HasAny<Exported[Name]> extends true ? Name : never]: Exported[Name] };

test("nothing that the package exports is any, or holds one", () => {
  expectTypeOf<keyof Exported>().extract<"Angelcam" | "OAuthSession">().toEqualTypeOf<"Angelcam" | "OAuthSession">();
  expectTypeOf<keyof Faults>().toEqualTypeOf<never>();
});

test("the search finds an any wherever it hides", () => {
  // biome-ignore lint/suspicious/noExplicitAny: it is what the search must find.
  type Hidden = any;
  class Holder {
    readonly item: { list: readonly { value: Hidden }[] } | undefined;
  }
  expectTypeOf<HasAny<Hidden>>().toEqualTypeOf<true>();
  expectTypeOf<HasAny<typeof Holder>>().toEqualTypeOf<true>();
  expectTypeOf<HasAny<(value: { deep: Hidden }) => void>>().toEqualTypeOf<true>();
  expectTypeOf<HasAny<() => Promise<{ deep: Hidden }>>>().toEqualTypeOf<true>();
  expectTypeOf<HasAny<{ list: { deep: string }[]; make: (value: unknown) => number }>>().toEqualTypeOf<false>();
});
