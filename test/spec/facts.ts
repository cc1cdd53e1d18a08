import { existsSync, readFileSync } from "node:fs";

/** The facts sheet is not part of the repository; it lies beside it where the project is developed. */
const FACTS = new URL("../../../shared/api-facts/", import.meta.url);

export interface FactField {
  name: string;
  type?: string;
  ref?: string;
  items?: string | { oneOf: string[] };
  itemsFormat?: string;
  format?: string;
  enum?: string[];
  nullable?: boolean;
  required?: boolean;
  /** `grant_type=password`: required in that branch only. */
  requiredWhen?: string;
  min?: number;
  minimum?: number;
  max?: number;
  maximum?: number;
  default?: unknown;
  deprecated?: boolean;
  readOnly?: boolean;
  writeOnly?: boolean;
}

/** The name of a schema, a choice of several, or `array` of one. */
export interface FactResponse {
  schema?: string | null;
  oneOf?: string[];
  items?: string;
}

export interface FactBody {
  contentTypes?: string[];
  fields?: FactField[];
  oneOf?: string[];
}

export interface FactOperation {
  method: string;
  path: string;
  group: string;
  status: string;
  server: string;
  auth: string[];
  scopes: string[];
  params: (FactField & { in: string })[];
  requestBody: FactBody | null;
  responses: Record<string, FactResponse>;
}

export interface Facts {
  operations: FactOperation[];
  schemas: Record<string, FactField[]>;
}

/** The facts sheet, or undefined where it is not beside this clone. */
export function readFacts(): Facts | undefined {
  if (!existsSync(FACTS)) return undefined;
  const read = (name: string) => JSON.parse(readFileSync(new URL(name, FACTS), "utf8"));
  return { operations: read("operations.json"), schemas: read("schemas.json") };
}
