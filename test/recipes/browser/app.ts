import { Angelcam, AngelcamError, bearerToken } from "angelcam-client";

let known: { token: string; until: number } | undefined;

/**
 * An access token for the signed-in visitor, from your own server, which keeps the refresh token and the client secret.
 * Never put a password, a client secret or a personal access token into the code of a page.
 */
async function fetchToken(): Promise<string> {
  if (known && Date.now() < known.until) return known.token;
  const response = await fetch("/angelcam-token", { method: "POST", credentials: "same-origin" });
  if (!response.ok) throw new Error(`No token for this visitor: HTTP ${response.status}`);
  // Asked before each request, so the token is kept for some minutes.
  known = { token: await response.text(), until: Date.now() + 300_000 };
  return known.token;
}

const angelcam = new Angelcam({
  auth: {
    ...bearerToken(fetchToken),
    // When your server refreshes its tokens, the one in the page ends: a rejected request is sent again with the next one.
    async refresh({ rejected }) {
      if (rejected === `Bearer ${known?.token}`) known = undefined;
      return "refreshed";
    },
  },
});

/** Shows the cameras in an element of the page. */
export async function showCameras(list: HTMLElement): Promise<void> {
  try {
    for await (const { name, status } of angelcam.cameras.list()) {
      const item = document.createElement("li");
      item.textContent = `${name}: ${status}`;
      list.append(item);
    }
  } catch (error) {
    if (!(error instanceof AngelcamError)) throw error;
    list.textContent = error.retryable ? "Please try again in a minute." : error.message;
  }
}
