import { createEngine, type Engine, type SearchEntry } from "../../search/engine.ts";
import { conceptsOf, stem } from "../../search/words.ts";
import { announce } from "./copy.ts";

declare global {
  var searchEntries: readonly SearchEntry[] | undefined;
}

const LIMIT = 8;

/** The search box: Ctrl+K or / focuses it, arrow keys choose a result, Enter opens it, Escape closes the list. */
export function startSearch(): void {
  const form = document.querySelector<HTMLFormElement>("form.search");
  const input = document.querySelector<HTMLInputElement>("#search");
  const list = document.querySelector<HTMLElement>("#hits");
  if (!form || !input || !list) return;
  form.hidden = false;
  if (matchMedia("(hover: hover)").matches) input.placeholder = "Search (Ctrl K)";
  const up = document.querySelector<HTMLElement>(".top")?.dataset.up ?? "";
  let engine: Promise<Engine> | undefined;
  let selected = -1;

  const options = () => [...list.querySelectorAll<HTMLAnchorElement>("a")];
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const select = (index: number) => {
    const all = options();
    selected = all.length === 0 ? -1 : (index + all.length) % all.length;
    for (const [at, option] of all.entries()) option.setAttribute("aria-selected", String(at === selected));
    all[selected]?.scrollIntoView({ block: "nearest" });
    if (selected >= 0) input.setAttribute("aria-activedescendant", `hit-${selected}`);
  };
  const display = (...content: readonly HTMLElement[]) => {
    list.replaceChildren(...content);
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    select(0);
  };
  /** Loads the index once. After a failure the next call tries again. */
  const load = async () => {
    engine ??= loadEngine(up);
    return engine.catch(() => {
      engine = undefined;
    });
  };
  const show = async () => {
    const query = input.value.trim();
    if (query === "") return close();
    if (options().length === 0) display(element("p", "Loading the search …"));
    const hits = (await load())?.search(query, LIMIT);
    if (query !== input.value.trim()) return;
    if (!hits) return display(element("p", "The search cannot be loaded. Check the connection, then type again."));
    const marked = new Set(conceptsOf(query).flatMap((stems) => [...stems.keys()]));
    const found = hits.map(({ href, title, group, snippet }, index) => {
      const option = document.createElement("a");
      option.id = `hit-${index}`;
      option.href = up + href;
      option.tabIndex = -1;
      option.setAttribute("role", "option");
      option.append(element("small", group), mark("strong", title, marked), mark("small", snippet, marked));
      return option;
    });
    const nothing = element("p", `Nothing found for “${query}”. Try other words, or fewer.`);
    display(...(hits.length === 0 ? [nothing] : found));
    announce(hits.length === 0 ? "Nothing found" : `${hits.length} results`);
  };

  input.addEventListener("focus", () => void load());
  input.addEventListener("input", () => void show());
  input.addEventListener("keydown", (event) => {
    // The keys of an input method, such as that for Japanese, choose characters.
    if (event.isComposing) return;
    if (event.key === "Escape") close();
    else if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    else if (list.hidden) void show();
    else select(selected + (event.key === "ArrowDown" ? 1 : -1));
    event.preventDefault();
  });
  form.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !form.contains(relatedTarget)) close();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (list.hidden || options().length === 0) await show();
    options()[Math.max(selected, 0)]?.click();
  });
  addEventListener("click", ({ target }) => {
    if (target instanceof Element && (!form.contains(target) || target.closest("#hits a"))) close();
  });
  addEventListener("keydown", (event) => {
    const typing =
      event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
    const wanted = (event.key === "k" && (event.ctrlKey || event.metaKey)) || (event.key === "/" && !typing);
    if (!wanted) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}

/** The index is a script, because a page that is opened from the disk can fetch nothing. */
async function loadEngine(up: string): Promise<Engine> {
  await new Promise<void>((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `${up}assets/search-index.js`;
    script.addEventListener("load", () => resolve());
    script.addEventListener("error", () => reject(new Error("The search index cannot be loaded")));
    document.head.append(script);
  });
  return createEngine(globalThis.searchEntries ?? []);
}

/** A text whose words that were searched for are marked. */
function mark(name: "strong" | "small", text: string, stems: ReadonlySet<string>): HTMLElement {
  const parts = text.split(/([\p{L}\p{N}]+)/u).map((part) => {
    return stems.has(stem(part.toLowerCase())) ? element("mark", part) : part;
  });
  const made = document.createElement(name);
  made.append(...parts);
  return made;
}

function element(name: string, text: string): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
