/** Where the prerendered page begins, and where the scripts begin behind it. */
const PRERENDERED = ['<div id="redoc">', '<script type="module">'] as const;

/** Allows the page what is inside it, and no request to anywhere. */
const POLICY = [
  "default-src 'none'",
  "script-src 'unsafe-inline' blob:",
  "style-src 'unsafe-inline'",
  "img-src data: blob:",
  "font-src data:",
  "connect-src data: blob:",
  "worker-src blob:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/**
 * Makes a page of Redoc whole: it asks no other host for anything, its links work in a new tab, and it wears our style.
 *
 * @throws Error when the page is not as expected, because then a new Redoc does something that nobody has looked at.
 */
export function selfContained(page: string, style: string): string {
  const steps = [withoutRemoteLogo, withWorkingLinks, (text: string) => withHead(text, style)];
  const result = steps.reduce((text, step) => step(text), page);
  if (result.includes("cdn.redoc.ly"))
    throw new Error("The page still names cdn.redoc.ly: look at what it loads there");
  if (!result.includes('"disableTelemetry":true')) throw new Error("The page does not switch its telemetry off");
  return result;
}

/** The credit to Redocly loads its logo from their host; its name says the same. */
function withoutRemoteLogo(page: string): string {
  return replaceOnce(page, /\(0,\w+\.jsx\)\(`img`,\{alt:`redocly logo`[^}]*cdn\.redoc\.ly[^}]*\}\)/g, "`Redocly`");
}

/** Redoc finds its way by the fragment, yet prerenders links as paths, which lead nowhere in a new tab. */
function withWorkingLinks(page: string): string {
  const [start, end] = PRERENDERED.map((mark) => page.indexOf(mark));
  if (start === undefined || end === undefined || start < 0 || end < start) {
    throw new Error("The page has no prerendered part where it is expected");
  }
  return page.slice(0, start) + page.slice(start, end).replaceAll(' href="/', ' href="#/') + page.slice(end);
}

function withHead(page: string, style: string): string {
  // The empty icon keeps browsers from asking the host for one.
  const head = `<meta http-equiv="Content-Security-Policy" content="${POLICY}">
  <link rel="icon" href="data:,">
  <style>
${style.trimEnd()}
  </style>`;
  return replaceOnce(page, /<meta charset="utf8" \/>/g, `<meta charset="utf-8">\n  ${head}`);
}

function replaceOnce(page: string, pattern: RegExp, replacement: string): string {
  const count = page.match(pattern)?.length ?? 0;
  if (count !== 1) throw new Error(`The page has ${count} places like ${pattern}, and exactly one is expected`);
  return page.replace(pattern, () => replacement);
}
