import { escapeHtml } from "./html.ts";
import { isWebhook, type Part } from "./outline.ts";

/** The contents list of the reference, as nested lists of links. */
export function contents(parts: readonly Part[]): string {
  const chapters = parts.map(
    ({ title, chapters }) =>
      `<li><span>${escapeHtml(title)}</span>\n<ul>\n${chapters.map(chapterEntry).join("\n")}\n</ul></li>`,
  );
  return `<nav aria-label="Contents">\n<ul>\n${chapters.join("\n")}\n<li><a href="#schemas">Schemas</a></li>\n</ul>\n</nav>`;
}

function chapterEntry({ id, title, operations }: Part["chapters"][number]): string {
  const entries = operations.map(
    (place) =>
      `<li><a href="#operation/${place.id}">${escapeHtml(place.operation.summary ?? place.id)}` +
      ` <small>${isWebhook(place) ? "webhook" : place.method}</small></a></li>`,
  );
  const list = entries.length === 0 ? "" : `\n<ul>\n${entries.join("\n")}\n</ul>`;
  return `<li><a href="#tag/${id}">${escapeHtml(title)}</a>${list}</li>`;
}
