import type { Exchange, RunEvent, SandboxSummary, WindowUse } from "../messages.ts";

/** The most entries that a panel keeps, so that an endless loop cannot fill the memory. */
const MOST_ENTRIES = 500;

/** The panels beside the editor. */
export interface Panels {
  clear(): void;
  show(event: RunEvent): void;
}

/** Fills the panels of the page and switches between their tabs. */
export function createPanels(): Panels {
  const byId = (id: string) => document.getElementById(id) as HTMLElement;
  const [output, requests, quota, sandbox] = ["output", "requests", "quota", "sandbox"].map(byId) as HTMLElement[];
  startTabs();
  return {
    clear() {
      for (const panel of [output, requests, quota, sandbox]) panel?.replaceChildren();
      setCount("requests", 0);
    },
    show(event) {
      if (event.type === "console") add(output, element("pre", { class: event.level }, event.text));
      if (event.type === "exchange") {
        add(requests, exchangeEntry(event.exchange));
        setCount("requests", requests?.childElementCount ?? 0);
      }
      if (event.type === "state") {
        quota?.replaceChildren(...quotaRows(event.quota));
        sandbox?.replaceChildren(...sandboxRows(event.sandbox));
      }
      if (event.type === "done") {
        const { error } = event;
        const at = error?.line === undefined ? "" : ` (line ${error.line})`;
        add(output, element("pre", { class: error ? "error" : "end" }, error ? `${error.message}${at}` : "Done."));
      }
    },
  };
}

function exchangeEntry({ method, url, requestHeaders, requestBody, status, responseBody }: Exchange): HTMLElement {
  const [, host = "", target = ""] = /^\w+:\/\/([^/]+)(.*)$/.exec(url) ?? [];
  const headers = Object.entries(requestHeaders).map(([name, value]) => `${name}: ${value}`);
  const request = [`${method} ${target} HTTP/1.1`, `host: ${host}`, ...headers, "", requestBody].join("\n").trim();
  return element(
    "details",
    {},
    element(
      "summary",
      {},
      element("b", { class: status < 400 ? "ok" : "failed" }, String(status)),
      ` ${method} ${target}`,
    ),
    element("h3", {}, "Request"),
    element("pre", { tabindex: "0" }, request),
    element("h3", {}, `Response ${status}`),
    element("pre", { tabindex: "0" }, responseBody || "(no body)"),
  );
}

function quotaRows(windows: readonly WindowUse[]): HTMLElement[] {
  if (windows.length === 0) return [element("p", {}, "No quota is counted.")];
  return windows.map(({ side, seconds, limit, used }) =>
    element(
      "label",
      {},
      `${side === "client" ? "Client" : "Sandbox"}: ${used} of ${limit} in ${seconds} s `,
      element("meter", { max: String(limit), value: String(used) }, `${used}`),
    ),
  );
}

function sandboxRows({ cameras, clips, requests }: SandboxSummary): HTMLElement[] {
  const row = (...cells: string[]) => element("tr", {}, ...cells.map((cell) => element("td", {}, cell)));
  return [
    element("p", {}, `${requests} requests received, ${cameras.length} cameras, ${clips.length} clips.`),
    element(
      "table",
      {},
      element(
        "tbody",
        {},
        ...clips.map(({ name, status }) => row("clip", name, status)),
        ...cameras.map(({ id, name, status }) => row(String(id), name, status)),
      ),
    ),
  ];
}

/** Arrow keys move between the tabs, as readers of tabs expect. */
function startTabs(): void {
  const tabs = [...document.querySelectorAll<HTMLElement>("[role=tab]")];
  const select = (tab: HTMLElement) => {
    for (const other of tabs) {
      other.setAttribute("aria-selected", String(other === tab));
      other.tabIndex = other === tab ? 0 : -1;
      const panel = document.getElementById(other.getAttribute("aria-controls") ?? "");
      if (panel) panel.hidden = other !== tab;
    }
  };
  for (const [at, tab] of tabs.entries()) {
    tab.addEventListener("click", () => select(tab));
    tab.addEventListener("keydown", ({ key }) => {
      const step = key === "ArrowRight" ? 1 : key === "ArrowLeft" ? -1 : 0;
      const next = tabs[(at + step + tabs.length) % tabs.length];
      if (step === 0 || !next) return;
      select(next);
      next.focus();
    });
  }
}

function setCount(panel: string, count: number): void {
  const tab = document.querySelector(`[aria-controls="${panel}"] span`);
  if (tab) tab.textContent = count === 0 ? "" : ` ${count}`;
}

function add(panel: HTMLElement | undefined, entry: HTMLElement): void {
  if (!panel) return;
  // A reader who has scrolled back keeps the place.
  const isAtEnd = panel.scrollTop + panel.clientHeight > panel.scrollHeight - 20;
  panel.append(entry);
  if (panel.childElementCount > MOST_ENTRIES) panel.firstElementChild?.remove();
  if (isAtEnd) panel.scrollTop = panel.scrollHeight;
}

function element(
  name: string,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly (Node | string)[]
): HTMLElement {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}
