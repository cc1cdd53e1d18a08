/** Leads the menu to the interactive reference, marks the current entry, and moves the focus to a target in the page. */
export function startMenu(): void {
  const menu = document.querySelector<HTMLElement>("#menu");
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-reference]")) {
    link.setAttribute("href", link.dataset.reference ?? "");
  }
  menu?.addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.closest("a") && menu.matches(":popover-open")) menu.hidePopover();
  });
  const current = menu?.querySelector<HTMLElement>("[aria-current]");
  // Scrolling the entry into view would make Tab start there.
  if (menu && current) menu.scrollTop = current.offsetTop - menu.clientHeight / 2;
  document.querySelector(".skip")?.addEventListener("click", (event) => {
    event.preventDefault();
    document.querySelector<HTMLElement>("#content")?.focus();
  });
  addEventListener("hashchange", focusTarget);
  focusTarget();
}

/** A link to a heading moves the focus there, so that Tab and screen readers go on from the heading. */
function focusTarget(): void {
  const id = decodeURIComponent(location.hash.slice(1));
  const target = id === "" || id.includes("/") ? undefined : document.getElementById(id);
  if (!target) return;
  target.setAttribute("tabindex", "-1");
  target.focus({ preventScroll: true });
}
