import fc from "fast-check";
import { expect } from "vitest";
import { createContract, type Violation } from "../../src/contract/index.ts";
import type { DocumentedOperation } from "../spec/document.ts";
import { fitsByAjv } from "./ajv.ts";
import { type GeneratedRequest, type Mutation, messageOf, mutations, validRequests } from "./requests.ts";

const contract = createContract();

/**
 * Holds the contract to generated requests of an operation: it takes each valid one, and rejects every single mutation
 * with a violation that names the field.
 *
 * @returns How many valid requests and how many mutations were looked at.
 */
export function checkRequests(
  place: DocumentedOperation,
  settings: fc.Parameters<[GeneratedRequest]>,
): { valid: number; mutated: number } {
  const origin = (place.servers[0]?.url ?? "").replace("{streamer}", "rec-streamer-eu-central-1");
  const found = (request: GeneratedRequest) => contract.checkRequest(messageOf(request, origin));
  let [valid, mutated] = [0, 0];
  fc.assert(
    fc.property(validRequests(place), (request) => {
      valid++;
      expect(found(request)).toEqual([]);
      expect(isValidByAjv(request)).toBe(true);
      for (const mutation of mutations(request)) {
        mutated++;
        const violations = found(mutation.request);
        const label = `${mutation.fault} ${mutation.in} ${mutation.field}`;
        expect(violations.filter((violation) => isNamed(violation, mutation)).length, label).toBeGreaterThan(0);
        expect(
          violations.every(({ severity }) => severity === "error"),
          label,
        ).toBe(true);
      }
    }),
    settings,
  );
  return { valid, mutated };
}

/** True when a violation is at the location of the mutation, or within it. */
function isNamed(violation: Violation, mutation: Mutation): boolean {
  if (violation.in !== mutation.in) return false;
  if (mutation.in === "url") return violation.kind === "missing_slash";
  return violation.pointer === mutation.field || violation.pointer.startsWith(`${mutation.field}/`);
}

function isValidByAjv({ place, body, contentType }: GeneratedRequest): boolean {
  const schema = place.operation.requestBody?.content[contentType ?? ""]?.schema;
  return body === undefined || schema === undefined || fitsByAjv(schema, body);
}
