/** Milliseconds that a button says what it did. */
const NOTICE = 2_000;

/** Adds a Copy button to every code block, and shows the button that copies the page. */
export function startCopyButtons(): void {
  addCopyButtons();
  const page = document.querySelector<HTMLButtonElement>(".copy-page");
  const markdown = document.querySelector<HTMLTemplateElement>("#markdown")?.content.textContent;
  if (!page || !markdown) return;
  page.hidden = false;
  // The text will be read elsewhere, so its links name this site.
  const text = markdown.replaceAll(/\]\((?![a-z]+:)([^)\s]+)\)/g, (_, link) => `](${new URL(link, location.href)})`);
  page.addEventListener("click", () => void copy(page, text));
}

/** Adds a Copy button to every code block that has none yet. */
export function addCopyButtons(): void {
  for (const block of document.querySelectorAll<HTMLElement>(".code:not(:has(.bar button))")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = "Copy";
    button.setAttribute("aria-label", `Copy the ${block.dataset.language || "text"} code`);
    button.addEventListener("click", () => void copy(button, block.querySelector("pre")?.textContent ?? ""));
    block.querySelector(".bar")?.append(button);
  }
}

/** Copies a text and says on the button whether it is in the clipboard. */
async function copy(button: HTMLButtonElement, text: string): Promise<void> {
  const label = button.dataset.label ?? button.textContent ?? "";
  button.dataset.label = label;
  const copied = await write(text);
  button.textContent = copied ? "Copied" : "Not copied: select the text and press Ctrl+C";
  announce(button.textContent);
  setTimeout(() => {
    button.textContent = label;
  }, NOTICE);
}

/** Pages that are opened from the disk or over http may have no clipboard: then the older command does it. */
async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    return copied;
  }
}

/** Says a text to screen readers. */
export function announce(text: string): void {
  const region = document.querySelector(".announce");
  if (region) region.textContent = text;
}
