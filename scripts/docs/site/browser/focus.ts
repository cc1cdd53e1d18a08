/** The part of the address behind `#`; as it is where it is no valid encoding, such as `100%`. */
export function hashName(): string {
  const hash = location.hash.slice(1);
  try {
    return decodeURIComponent(hash);
  } catch {
    return hash;
  }
}

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
