/** A JSON text that differs from what the document promises. */
export interface JsonFault {
  /** The fault: `results: null`. */
  readonly name: string;
  readonly text: string;
}

/** Written instead of values that `JSON.stringify` cannot write: nesting, and a key that a literal would not keep. */
const DEEP = "@deep@";
const DEEP_OBJECT = "@deep-object@";
const PROTO = "@proto@";
const DEPTH = 10_000;

/** One value of each kind, and some that resemble what code expects. */
const VALUES: readonly unknown[] = [
  null,
  [],
  {},
  [null],
  [[]],
  { length: 2 },
  0,
  5,
  -1.5,
  1e300,
  true,
  false,
  "",
  "text",
  "%E0%A4%A",
  "https://",
  "2026-13-45T99:99:99Z",
  "\u0000\ud800",
];

/** The replacements of each field. */
const FIELD_VALUES: readonly unknown[] = [null, [], {}, [null], 5, -1.5, true, "", "..", "text", "\u0000\ud800"];

/** Fields whose names mean something to JavaScript, to promises or to older code of this package. */
const HOSTILE: Readonly<Record<string, unknown>> = {
  [PROTO]: { id: 1, results: [] },
  catch: 2,
  constructor: { prototype: null },
  toString: null,
  toJSON: 5,
  valueOf: "x",
  hasOwnProperty: false,
  nextPage: "x",
  length: -1,
  message: {},
  cause: [],
  name: null,
};

/** Every single fault of a valid value, and values that are something else altogether. */
export function jsonFaults(valid: unknown): JsonFault[] {
  return [...wholeFaults(), ...fieldFaults(valid, ""), ...hostileFaults(valid)].map(({ name, value }) => ({
    name,
    text: write(value),
  }));
}

interface ValueFault {
  readonly name: string;
  readonly value: unknown;
}

function wholeFaults(): ValueFault[] {
  const values = [...VALUES, DEEP, DEEP_OBJECT];
  return values.map((value) => ({ name: `the whole: ${JSON.stringify(value)}`, value }));
}

function fieldFaults(value: unknown, path: string): ValueFault[] {
  if (Array.isArray(value)) {
    if (value.length === 0) return [];
    const replaced = [...FIELD_VALUES, DEEP].map((item) => ({
      name: `${path}[0]: ${JSON.stringify(item)}`,
      value: value.with(0, item),
    }));
    const inner = fieldFaults(value[0], `${path}[0]`);
    return [...replaced, ...inner.map((fault) => ({ ...fault, value: value.with(0, fault.value) }))];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, field]) => {
    const at = path === "" ? name : `${path}.${name}`;
    const { [name]: _, ...rest } = value as Record<string, unknown>;
    const values = [...FIELD_VALUES, ...(path === "" ? [DEEP] : [])];
    return [
      { name: `${at}: missing`, value: rest },
      ...values.map((wrong) => ({ name: `${at}: ${JSON.stringify(wrong)}`, value: { ...value, [name]: wrong } })),
      ...fieldFaults(field, at).map((fault) => ({ ...fault, value: { ...value, [name]: fault.value } })),
    ];
  });
}

/** Hostile fields in the value, and in the objects in it. */
function hostileFaults(value: unknown): ValueFault[] {
  const names = Object.keys(HOSTILE);
  const one = names.map((name) => ({ name: `${name} is added`, value: addTo(value, { [name]: HOSTILE[name] }) }));
  return [...one, { name: "all hostile names are added", value: addTo(value, { ...HOSTILE }) }];
}

function addTo(value: unknown, fields: Readonly<Record<string, unknown>>): unknown {
  if (Array.isArray(value)) return value.map((item) => addTo(item, fields));
  if (typeof value !== "object" || value === null) return value;
  const inner = Object.entries(value).map(([name, field]) => [name, addTo(field, fields)]);
  // A value of its own with such a name stays: it is a fault of its own.
  return { ...fields, ...Object.fromEntries(inner) };
}

function write(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll(`"${PROTO}"`, '"__proto__"')
    .replaceAll(`"${DEEP}"`, "[".repeat(DEPTH) + "]".repeat(DEPTH))
    .replaceAll(`"${DEEP_OBJECT}"`, `${'{"id":'.repeat(DEPTH)}1${"}".repeat(DEPTH)}`);
}
