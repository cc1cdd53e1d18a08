import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { ROOT } from "./docs-site.ts";

/** A problem that axe found, such as `serious color-contrast: <div class="tag">put</div>`. */
export type Finding = string;

interface Violation {
  id: string;
  impact: string | null;
  nodes: { html: string; failureSummary?: string }[];
}

/**
 * Checks the accessibility of a page in its current state.
 *
 * @param page Opened with `bypassCSP`, because axe is a script that the page's policy does not know.
 * @returns Every problem that axe calls serious or critical, one on each line.
 */
export async function findingsOf(page: Page): Promise<Finding[]> {
  const isLoaded = await page.evaluate("typeof axe === 'object'");
  if (!isLoaded) await page.evaluate(await readFile(`${ROOT}/node_modules/axe-core/axe.min.js`, "utf8"));
  const violations = (await page.evaluate(
    "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations)",
  )) as Violation[];
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, impact, nodes }) =>
      nodes.map(
        ({ html, failureSummary = "" }) => `${impact} ${id}: ${html.slice(0, 200)} ${failureSummary.slice(0, 300)}`,
      ),
    );
}
