import { focusOn, hashName, showInMenu } from "./focus.ts";

/** Leads the menu to the interactive reference, shows the current entry, and moves the focus to a target in the page. */
export function startMenu(): void {
  const menu = document.querySelector<HTMLElement>("#menu");
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-reference]")) {
    link.setAttribute("href", link.dataset.reference ?? "");
  }
  menu?.addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.closest("a") && menu.matches(":popover-open")) menu.hidePopover();
  });
  showInMenu(menu?.querySelector<HTMLElement>("[aria-current]"));
  document.querySelector(".skip")?.addEventListener("click", (event) => {
    event.preventDefault();
    document.querySelector<HTMLElement>("#content")?.focus();
  });
  addEventListener("hashchange", focusTarget);
  focusTarget();
}

function focusTarget(): void {
  const id = hashName();
  const target = id === "" || id.includes("/") ? undefined : document.getElementById(id);
  if (target) focusOn(target);
}
