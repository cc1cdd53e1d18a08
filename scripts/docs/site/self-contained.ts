import { contentSecurityPolicy, sha256 } from "../policy.ts";

/** Where the prerendered page begins, and where the scripts begin behind it. */
const PRERENDERED = ['<div id="redoc">', '<script type="module">'] as const;

/** What is put into the page: its look, and the mending of its markup. */
export interface PageParts {
  readonly style: string;
  readonly script: string;
}

/**
 * Makes a page of Redoc whole: it asks no other host for anything, its links work in a new tab, it wears our style, its
 * markup is mended, and its policy allows exactly the scripts that are in it.
 *
 * @throws Error when the page is not as expected, because then a new Redoc does something that nobody has looked at.
 */
export function selfContained(page: string, { style, script }: PageParts): string {
  const steps = [
    withoutRemoteLogo,
    withoutEval,
    withWorkingLinks,
    (text: string) => withHead(text, style),
    (text: string) => withScript(text, script),
    withoutScriptNote,
    withPolicy,
  ];
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

/** To search in a worker, the page would have to make code out of text; it searches as well without. */
function withoutEval(page: string): string {
  return replaceOnce(page, /try\{return \w+\._factory\?\?=Function\(\w+\),!0\}catch\{return!1\}/g, "return!1");
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
  const head = `<link rel="icon" href="data:,">
  <style>
${style.trimEnd()}
  </style>`;
  return replaceOnce(page, /<meta charset="utf8" \/>/g, `<meta charset="utf-8">\n  ${head}`);
}

/** The script runs before those of Redoc, so that it sees all that they do. */
function withScript(page: string, script: string): string {
  const place = page.indexOf(PRERENDERED[1]);
  return `${page.slice(0, place)}<script>\n${script.trimEnd()}\n</script>\n${page.slice(place)}`;
}

/** The page is nothing without its script, and the plain reference is. */
function withoutScriptNote(page: string): string {
  const note =
    '<noscript><p class="note">This page needs JavaScript. <a href="reference.html">The reference</a> does not, and says the same.</p></noscript>';
  return page.replace(PRERENDERED[0], (start) => `${note}\n      ${start}`);
}

/**
 * The policy allows what is inside the page, and no request to anywhere. The scripts are allowed one by one; Redoc writes
 * style attributes and builds style sheets at run time, so styles are allowed as such.
 */
function withPolicy(page: string): string {
  const policy = contentSecurityPolicy({
    "script-src": scriptsOf(page).map(sha256).join(" "),
    "style-src": "'unsafe-inline'",
    "img-src": "data:",
    "font-src": "data:",
  });
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
  return page.replace('<meta charset="utf-8">', (charset) => `${charset}\n  ${meta}`);
}

/** The text of every script. A script ends at the first end tag, whatever it may quote. */
function scriptsOf(page: string): string[] {
  const scripts: string[] = [];
  for (let start = opening(page, 0); start >= 0; start = opening(page, start)) {
    const from = page.indexOf(">", start) + 1;
    const end = page.indexOf("</script>", from);
    if (end < 0) throw new Error("The page has a script without an end");
    scripts.push(page.slice(from, end));
    start = end;
  }
  if (scripts.length !== 3) throw new Error(`The page has ${scripts.length} scripts, and three are expected`);
  return scripts;
}

function opening(page: string, from: number): number {
  return page.indexOf("<script", from);
}

function replaceOnce(page: string, pattern: RegExp, replacement: string): string {
  const count = page.match(pattern)?.length ?? 0;
  if (count !== 1) throw new Error(`The page has ${count} places like ${pattern}, and exactly one is expected`);
  return page.replace(pattern, () => replacement);
}
