// Mends what Redoc's markup lacks for people who read with a screen reader or with the keyboard alone. Redoc renders
// parts of the page as they come into view, so this looks at every change.

/** What is mended, and how. Each leaves alone what it has done already. */
const MENDS = [
  [".menu-content", labelMenu],
  ["main :is(h3, h4, h5, h6)", levelHeading],
  ["button[aria-label]", nameButton],
  ["[data-component-name='Search/SearchInput'] button", nameClearing],
  [":is(.md-table-wrapper, pre, [data-testid='code-block'])", makeScrollable],
];

let isPlanned = false;
new MutationObserver(plan).observe(document.documentElement, { childList: true, subtree: true });

/** At most once a frame, however much changes in it. */
function plan() {
  if (isPlanned) return;
  isPlanned = true;
  requestAnimationFrame(mend);
}

function mend() {
  isPlanned = false;
  for (const [selector, apply] of MENDS) for (const element of document.querySelectorAll(selector)) apply(element);
}

function labelMenu(menu) {
  set(menu, "role", "navigation");
  set(menu, "aria-label", "Contents");
}

/** Redoc steps from the second level to the fourth within an operation, and never shows the third. */
function levelHeading(heading) {
  if (heading.closest("[data-component-name='Markdown/Markdown']")) return;
  set(heading, "role", "heading");
  set(heading, "aria-level", String(Number(heading.localName.slice(1)) - 1));
}

/** Who says aloud what a button shows must reach that button. */
function nameButton(button) {
  const text = button.textContent.trim();
  const label = button.getAttribute("aria-label");
  if (text !== "" && !label.toLowerCase().includes(text.toLowerCase())) set(button, "aria-label", `${label}: ${text}`);
}

/** It shows a cross, and says nothing. */
function nameClearing(button) {
  set(button, "aria-label", "Clear the search");
}

/** What scrolls must take the focus, or the keyboard cannot scroll it. */
function makeScrollable(box) {
  const scrolls = box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight;
  if (scrolls && !box.querySelector("a, button")) set(box, "tabindex", "0");
}

function set(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
