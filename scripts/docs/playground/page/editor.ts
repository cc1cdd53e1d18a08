import { javascript } from "@codemirror/lang-javascript";
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorState, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, keymap } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { basicSetup } from "codemirror";

/** The editor of the playground. */
export interface Editor {
  code(): string;
  setCode(code: string): void;
  /** Marks the line of an error, from 1 on; undefined removes the mark. */
  markLine(line: number | undefined): void;
}

const setMark = StateEffect.define<number | undefined>();
const markedLine = StateField.define({
  create: () => Decoration.none,
  update(marks, { effects, docChanged, state }) {
    const effect = effects.find((one) => one.is(setMark));
    if (!effect) return docChanged ? Decoration.none : marks;
    if (effect.value === undefined || effect.value > state.doc.lines) return Decoration.none;
    return Decoration.set([Decoration.line({ class: "error-line" }).range(state.doc.line(effect.value).from)]);
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** The colours are those of the code blocks, as classes of the style sheet. */
const COLOURS = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword, tags.modifier], class: "keyword" },
  { tag: [tags.string, tags.special(tags.string)], class: "string" },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName), tags.className], class: "function" },
  { tag: [tags.number, tags.bool, tags.null], class: "constant" },
  { tag: tags.comment, class: "comment" },
]);

/** What the editor reports. */
interface EditorEvents {
  onRun(): void;
  /** The reader has changed the code. */
  onEdit(): void;
}

/** Creates the editor. Ctrl+Enter runs; Escape then Tab leaves it. */
export function createEditor(parent: HTMLElement, { onRun, onEdit }: EditorEvents): Editor {
  const run = () => {
    onRun();
    return true;
  };
  const view = new EditorView({
    parent,
    state: EditorState.create({
      extensions: [
        keymap.of([{ key: "Mod-Enter", run }]),
        basicSetup,
        javascript({ typescript: true }),
        syntaxHighlighting(COLOURS),
        markedLine,
        EditorView.updateListener.of(({ docChanged, view: { hasFocus } }) => {
          if (docChanged && hasFocus) onEdit();
        }),
        EditorView.contentAttributes.of({ "aria-label": "Program" }),
      ],
    }),
  });
  // The box scrolls, so the keyboard must reach it; the code inside is a Tab stop of its own.
  view.scrollDOM.tabIndex = 0;
  return {
    code: () => view.state.doc.toString(),
    setCode: (code) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: code } }),
    markLine: (line) => view.dispatch({ effects: setMark.of(line) }),
  };
}
