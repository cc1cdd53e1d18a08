/** Moves the focus to a heading, so that Tab and screen readers go on from there. */
export function focusOn(heading: HTMLElement): void {
  heading.setAttribute("tabindex", "-1");
  heading.focus({ preventScroll: true });
}

/** Scrolls an entry of the menu into view. `scrollIntoView` would make Tab start in the menu. */
export function showInMenu(entry: HTMLElement | null | undefined): void {
  const menu = document.querySelector("#menu");
  if (!menu || !entry) return;
  const top = entry.offsetTop - menu.scrollTop;
  if (top < 0 || top > menu.clientHeight - 40) menu.scrollTop = entry.offsetTop - menu.clientHeight / 2;
}
