import { unwatchFile, watchFile } from "node:fs";
import { type DocumentJson, readDocument } from "./read-document.ts";

/** Milliseconds between two looks at the document. */
const POLL_INTERVAL = 1_000;

/** Reports each new version of the document. One that is half written, or gone for a moment, is waited for. */
export function watchDocument(file: string, onChange: (document: DocumentJson) => void): Disposable {
  const look = () => readDocument(file).then(onChange, () => {});
  watchFile(file, { interval: POLL_INTERVAL, persistent: false }, look);
  return { [Symbol.dispose]: () => unwatchFile(file, look) };
}
