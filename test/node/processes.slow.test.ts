import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { fileTokenStore } from "../../src/node/index.ts";
import { type Child, startChild, temporaryFolder, tokensOf } from "./support.ts";

const ROUNDS = 50;
const CHANGES = 40;

it(`four processes lose no change that was saved, though one of them is killed: ${ROUNDS} rounds`, {
  timeout: 900_000,
}, async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const file = path.join(temporaryFolder(), "tokens.json");
    const children = [1, 2, 3, 4].map(() => startChild("increment", file, CHANGES));
    const [victim, ...others] = children as [Child, ...Child[]];

    // After so many changes of its own: it dies while it waits, reads, writes or lets go.
    for (let change = 0; change <= round % (CHANGES / 2); change++) await victim.next();
    await victim.kill();

    expect(await Promise.all(others.map(({ ended }) => ended))).toEqual([0, 0, 0]);
    const saved = (await countOf(victim)) + 1 + (round % (CHANGES / 2)) + 3 * CHANGES;
    const tokens = await fileTokenStore(file).read();
    // The victim may have saved one more than it had the time to report.
    expect([saved, saved + 1]).toContain(tokens?.issuedAt);
    expect(tokens).toEqual(tokensOf(tokens?.issuedAt ?? Number.NaN));
    await fileTokenStore(file).lock(async () => {});
    expect(readdirSync(path.dirname(file))).toEqual(["tokens.json"]);
  }
});

/** How many messages of a process that has ended have not been taken. */
async function countOf(child: Child): Promise<number> {
  let count = 0;
  while (
    await child.next().then(
      () => true,
      () => false,
    )
  )
    count++;
  return count;
}
