import { addCopyButtons } from "./copy.ts";
import { focusOn, hashName, showInMenu } from "./focus.ts";

/**
 * Completes what Redoc's pages lack: a title and the focus for each operation, the current entry of the menu, Copy
 * buttons, and names and levels for screen readers. Redoc renders sections as they come into view, so this runs after
 * every change.
 */
export function startReference(): void {
  if (!document.querySelector("#redoc")) return;
  const siteTitle = document.title;
  let isPlanned = false;
  let current: string | undefined;
  /** The section that takes the focus once it is rendered. */
  let awaited: string | undefined = sectionName();

  /** At most once a frame. */
  const plan = () => {
    if (!isPlanned) requestAnimationFrame(fix);
    isPlanned = true;
  };
  const fix = () => {
    isPlanned = false;
    addCopyButtons();
    forEach("main :is(h3, h4, h5, h6)", levelHeading);
    forEach("button[aria-label]", nameButton);
    forEach(":is(.md-table-wrapper, pre, [data-testid='code-block'])", makeScrollable);
    // Redoc also changes the address while the reader scrolls.
    const name = sectionName();
    if (name !== current) document.title = `${markInMenu(name)} · ${siteTitle}`;
    current = name;
    // After a navigation, not while scrolling, the heading takes the focus.
    const section = awaited && `[data-section-id="${CSS.escape(awaited)}"] :is(h1, h2)`;
    const heading = section ? document.querySelector<HTMLElement>(section) : null;
    if (!heading) return;
    awaited = undefined;
    focusOn(heading);
  };

  new MutationObserver(plan).observe(document.documentElement, { childList: true, subtree: true });
  addEventListener("hashchange", () => {
    awaited = sectionName();
    plan();
  });
  plan();
}

/** `/cameras/cameras.list` for `#/cameras/cameras.list`, also with an anchor behind it. */
function sectionName(): string {
  const [name = ""] = hashName().split("#");
  return name.startsWith("/") ? name : "";
}

/** Marks the entry of a section in the menu. Returns its text. */
function markInMenu(name: string): string {
  forEach("#menu a[aria-current]", (link) => link.removeAttribute("aria-current"));
  const link = document.querySelector<HTMLElement>(`#menu a[data-reference$="#${CSS.escape(name)}"]`);
  const group = document.querySelector<HTMLDetailsElement>(
    `#menu details[data-tag="${CSS.escape(name.split("/")[1] ?? "")}"]`,
  );
  link?.setAttribute("aria-current", "page");
  if (group) group.open = true;
  showInMenu(link ?? group);
  const text = link?.firstChild?.textContent ?? group?.querySelector("summary")?.textContent;
  return text?.trim() ?? "API reference";
}

/** Within an operation Redoc steps from the second level to the fourth. */
function levelHeading(heading: HTMLElement): void {
  if (heading.closest("[data-component-name='Markdown/Markdown']")) return;
  set(heading, "role", "heading");
  set(heading, "aria-level", String(Number(heading.localName.slice(1)) - 1));
}

/** The name of a button contains its visible text. */
function nameButton(button: HTMLElement): void {
  const text = button.textContent.trim();
  const label = button.getAttribute("aria-label") ?? "";
  if (!label.toLowerCase().includes(text.toLowerCase())) set(button, "aria-label", `${label}: ${text}`);
}

/** A box that scrolls takes the focus, so that the keyboard can scroll it. */
function makeScrollable(box: HTMLElement): void {
  const scrolls = box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight;
  if (scrolls && !box.querySelector("a, button")) set(box, "tabindex", "0");
}

function forEach(selector: string, apply: (element: HTMLElement) => void): void {
  for (const element of document.querySelectorAll<HTMLElement>(selector)) apply(element);
}

function set(element: HTMLElement, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
