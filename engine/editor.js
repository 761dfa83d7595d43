// What a changed block of code needs: a small editor of Python, with its colours, its
// indents and its keys; and the grammar, which the editor has anyway, to write for
// MicroPython what a reader wrote.

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { pythonLanguage } from "@codemirror/lang-python";
import {
  bracketMatching,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, keymap, lineNumbers } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";

export { lower } from "./lower.js";

/**
 * An editor of this text in an element. Tab goes on to the buttons, as elsewhere on the
 * page: Enter indents by itself.
 */
export function edit({ parent, text, label, run }) {
  const runs = () => {
    run();
    return true; // the key has been answered
  };
  const keys = [
    { key: "Mod-Enter", run: runs },
    { key: "Shift-Enter", run: runs },
  ];
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        history(),
        drawSelection(),
        indentOnInput(),
        indentUnit.of("    "),
        bracketMatching(),
        pythonLanguage,
        syntaxHighlighting(classHighlighter),
        keymap.of([...keys, ...defaultKeymap, ...historyKeymap]),
        EditorView.contentAttributes.of({ "aria-label": label }),
      ],
    }),
  });
  return {
    text: () => view.state.doc.toString(),
    focus: () => view.focus(),
    /** Put the cursor on a line, counted from 1. */
    line(number) {
      const { from } = view.state.doc.line(Math.min(number, view.state.doc.lines));
      view.dispatch({ selection: { anchor: from }, scrollIntoView: true });
    },
  };
}
