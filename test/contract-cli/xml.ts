/** An element of XML. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

const TAG = /<(\/)?([\w-]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/)?>/y;

/** Reads XML as far as JUnit reports need it. Throws where it is not well-formed. */
export function elementsOf(xml: string): Element[] {
  const top: Element = { name: "", attributes: {}, children: [], text: "" };
  const open = [top];
  let at = xml.startsWith("<?xml") ? xml.indexOf("?>") + 2 : 0;
  while (at < xml.length) {
    const current = open.at(-1) ?? top;
    if (xml[at] !== "<") {
      const end = xml.indexOf("<", at) === -1 ? xml.length : xml.indexOf("<", at);
      current.text += plain(xml.slice(at, end));
      at = end;
      continue;
    }
    TAG.lastIndex = at;
    const [whole = "", closes, name = "", attributes = "", isEmpty] = TAG.exec(xml) ?? [];
    if (!whole) throw new Error(`not well-formed at ${at}: ${xml.slice(at, at + 80)}`);
    if (closes) {
      if (open.pop()?.name !== name || open.length === 0) throw new Error(`</${name}> closes what is not open`);
    } else {
      const pairs = [...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key, value = ""]) => [key, plain(value)]);
      const element = { name, attributes: Object.fromEntries(pairs), children: [], text: "" };
      current.children.push(element);
      if (!isEmpty) open.push(element);
    }
    at += whole.length;
  }
  if (open.length !== 1) throw new Error(`<${open.at(-1)?.name}> is never closed`);
  return top.children;
}

function plain(text: string): string {
  const stray = text.match(/[<>]|&(?!(?:amp|lt|gt|quot);)/);
  if (stray) throw new Error(`not well-formed: ${stray[0]} in ${text}`);
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
}
