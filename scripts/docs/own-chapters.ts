import type { DocsDocument } from "./reference/outline.ts";

/** A file beside the page. */
export interface DocsFile {
  /** Its path within the folder of the docs. */
  readonly path: string;
  readonly about: string;
}

/** What the docs say of themselves, beside what the document says. */
export interface OwnChapters {
  /** `CHANGELOG.md` as it is. */
  readonly changeLog: string;
  /** The version of the client. */
  readonly clientVersion: string;
  readonly files: readonly DocsFile[];
}

const PART = "About";

/** A copy of the document with chapters on its files, its versions and its changes at the end. */
export function withOwnChapters(document: DocsDocument, own: OwnChapters): DocsDocument {
  const chapters = [
    { name: "files", title: "Files and versions", text: filesText(document, own) },
    { name: "changes", title: "Change log", text: own.changeLog.replace(/^# .*\n+/, "") },
  ];
  return {
    ...document,
    tags: [
      ...(document.tags ?? []),
      ...chapters.map(({ name, title, text }) => ({
        name,
        "x-displayName": title,
        "x-traitTag": true,
        description: text,
      })),
    ],
    "x-tagGroups": [...(document["x-tagGroups"] ?? []), { name: PART, tags: chapters.map(({ name }) => name) }],
  };
}

function filesText({ info }: DocsDocument, { clientVersion, files }: OwnChapters): string {
  return `This is version ${info.version} of the document, and version ${clientVersion} of the client.

Everything here is made from one document. Take it in the form that you need:

| File | What it is |
| --- | --- |
${files.map(({ path, about }) => `| [${path}](${path}) | ${about} |`).join("\n")}`;
}
