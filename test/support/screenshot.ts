import type { Page, PageScreenshotOptions } from "playwright-core";

/** What Chromium says when it had no picture of the page at this moment, as happens on a busy machine. */
const NO_PICTURE = "Unable to capture screenshot";
const MOST_ATTEMPTS = 5;

/** Takes a picture of a page for people to look at, and asks again while Chromium has none. */
export async function takeScreenshot(page: Page, options: PageScreenshotOptions): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await page.screenshot(options);
      return;
    } catch (error) {
      if (attempt === MOST_ATTEMPTS || !String(error).includes(NO_PICTURE)) throw error;
      await page.waitForTimeout(250 * attempt);
    }
  }
}
