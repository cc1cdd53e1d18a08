import fc from "fast-check";
import { expect } from "vitest";
import { type ContractFetch, createContract, type Violation, withContract } from "../../src/contract/index.ts";
import { Angelcam, AngelcamError, bearerToken } from "../../src/index.ts";
import { callMethod } from "../client/documented-operations.ts";
import { json } from "../support/fake-angelcam.ts";
import { fitsByAjv } from "./ajv.ts";
import type { Damage } from "./faults.ts";
import { type DocumentedResponse, damagedBodies, validBodies } from "./responses.ts";

const contract = createContract();

/**
 * Holds client and contract to generated responses: a valid body comes out of the client as it is (or as an error of its
 * status) and breaks nothing; every single damage is reported at its place.
 *
 * @returns How many valid bodies and how many damages were looked at.
 */
export async function checkResponses(
  response: DocumentedResponse,
  settings: fc.Parameters<[unknown]>,
): Promise<{ valid: number; damaged: number }> {
  const { place, status } = response;
  let body: unknown;
  const fetch = withContract(async () => json(body, status), { mode: "report", contract });
  let [valid, damaged] = [0, 0];
  await fc.assert(
    fc.asyncProperty(validBodies(response), async (value) => {
      valid++;
      body = value;
      expect(await violationsOf(() => checkTyped(fetch, response, value))).toEqual([]);
      expect(fitsByAjv(response.schema, value)).toBe(true);
      for (const damage of damagedBodies(response, value)) {
        damaged++;
        const request = { method: place.method, url: urlOf(response), headers: {} };
        const bodyText = JSON.stringify(damage.value);
        const headers = { "Content-Type": response.contentType };
        const violations = contract.checkResponse(request, { status, headers, bodyText });
        const label = `${status} ${damage.fault} ${damage.pointer}`;
        expect(violations.filter((violation) => isNamed(violation, damage)).length, label).toBeGreaterThan(0);
      }
    }),
    settings,
  );
  return { valid, damaged };
}

/** The client returns the value, or throws an error with the status. */
async function checkTyped(fetch: ContractFetch, { place, status }: DocumentedResponse, value: unknown): Promise<void> {
  const auth = bearerToken("1CP9xR6tqpRHzaZxWcFAp3GtkFcXEQ");
  const angelcam = new Angelcam({ auth, fetch, retry: false, quota: false });
  const options = place.servers.some(({ url }) => url.includes("{streamer}"))
    ? { serverVariables: { streamer: "rec-streamer-eu-central-1" } }
    : {};
  const outcome = await callMethod(angelcam, place, options).then(
    (data) => ({ data }),
    (error: unknown) => ({ error }),
  );
  if (status < 400) {
    // A page has more methods than its response, but the same data.
    const { data } = outcome as { data: unknown };
    expect(Array.isArray(data) || typeof data !== "object" || data === null ? data : { ...data }).toEqual(value);
  } else {
    const { error } = outcome as { error: unknown };
    expect(error).toBeInstanceOf(AngelcamError);
    expect((error as AngelcamError).status).toBe(status);
  }
}

/** The violations that a call adds to those of the response; what the examples of its request break is looked at elsewhere. */
async function violationsOf(call: () => Promise<void>): Promise<Violation[]> {
  const before = contract.violations.length;
  await call();
  return contract.violations.slice(before);
}

/** A new field or a new member is a warning, anything else an error. */
function isNamed({ pointer, severity }: Violation, { fault, pointer: place }: Damage): boolean {
  const isNew = fault === "unknown" || fault === "not in the enum";
  if (!isNew && severity !== "error") return false;
  return pointer === place || pointer.startsWith(`${place}/`);
}

function urlOf({ place }: DocumentedResponse): string {
  const origin = (place.servers[0]?.url ?? "").replace("{streamer}", "rec-streamer-eu-central-1");
  return `${origin}${place.path.replaceAll(/\{\w+\}/g, "1")}`;
}
