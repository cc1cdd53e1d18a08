// Completes what Redoc's pages lack: a title and the focus for each operation, the current entry of the menu, and names
// and levels for screen readers. Redoc renders sections as they come into view, so this runs after every change.

const FIXES = [
  ["main :is(h3, h4, h5, h6)", levelHeading],
  ["button[aria-label]", nameButton],
  [":is(.md-table-wrapper, pre, [data-testid='code-block'])", makeScrollable],
];

const siteTitle = document.title;
let isPlanned = false;
let current;
/** The section that takes the focus once it is rendered. */
let awaited = sectionName();

new MutationObserver(plan).observe(document.documentElement, { childList: true, subtree: true });
addEventListener("hashchange", () => {
  awaited = sectionName();
  plan();
});
plan();

/** At most once a frame. */
function plan() {
  if (isPlanned) return;
  isPlanned = true;
  requestAnimationFrame(fix);
}

function fix() {
  isPlanned = false;
  for (const [selector, apply] of FIXES) for (const element of document.querySelectorAll(selector)) apply(element);
  followAddress();
  focusSection();
}

/** Redoc also changes the address while the reader scrolls. */
function followAddress() {
  const name = sectionName();
  const links = [...document.querySelectorAll("#menu a[data-reference]")];
  if (name === current || links.length === 0) return;
  current = name;
  for (const link of links) link.removeAttribute("aria-current");
  const link = links.find(({ dataset }) => dataset.reference.endsWith(`#${name}`));
  const group = document.querySelector(`#menu details[data-tag="${name.split("/")[1]}"]`);
  link?.setAttribute("aria-current", "page");
  if (group) group.open = true;
  showInMenu(link ?? group);
  const text = link?.firstChild?.textContent ?? group?.querySelector("summary")?.textContent ?? "API reference";
  document.title = `${text.trim()} · ${siteTitle}`;
}

/** `scrollIntoView` would make Tab start in the menu. */
function showInMenu(entry) {
  const menu = document.querySelector("#menu");
  const top = (entry?.offsetTop ?? 0) - menu.scrollTop;
  if (entry && (top < 0 || top > menu.clientHeight - 40)) menu.scrollTop = entry.offsetTop - menu.clientHeight / 2;
}

/** After a navigation, not while scrolling, the heading takes the focus. */
function focusSection() {
  const heading = awaited && document.querySelector(`[data-section-id="${CSS.escape(awaited)}"] :is(h1, h2)`);
  if (!heading) return;
  awaited = undefined;
  heading.setAttribute("tabindex", "-1");
  heading.focus({ preventScroll: true });
}

/** `/cameras/cameras.list` for `#/cameras/cameras.list`, also with an anchor behind it. */
function sectionName() {
  const [, name = ""] = location.hash.split("#");
  return name.startsWith("/") ? decodeURIComponent(name) : "";
}

/** Within an operation Redoc steps from the second level to the fourth. */
function levelHeading(heading) {
  if (heading.closest("[data-component-name='Markdown/Markdown']")) return;
  set(heading, "role", "heading");
  set(heading, "aria-level", String(Number(heading.localName.slice(1)) - 1));
}

/** The name of a button contains its visible text. */
function nameButton(button) {
  const text = button.textContent.trim();
  const label = button.getAttribute("aria-label");
  if (text !== "" && !label.toLowerCase().includes(text.toLowerCase())) set(button, "aria-label", `${label}: ${text}`);
}

/** A box that scrolls takes the focus, so that the keyboard can scroll it. */
function makeScrollable(box) {
  const scrolls = box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight;
  if (scrolls && !box.querySelector("a, button")) set(box, "tabindex", "0");
}

function set(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
