/* The code editor over a draft's textarea. The textarea stays the field: without this script, or before CodeMirror has
   come, it is written in as it is. The editor lives in a shadow root, whose style sheets are made by script, so that no
   style stands inside the page: its policy stays as it is. */
import { completer } from "./completing.js";

const look = (kit) => kit.EditorView.theme({
  "&": { border: "1px solid var(--line-strong)", borderRadius: "var(--radius-m)", background: "var(--paper)", color: "var(--ink)", fontSize: "var(--text-s)", height: "min(70dvh, 44rem)", overflow: "hidden" },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "1px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.5" },
  ".cm-gutters": { background: "var(--sunken)", color: "var(--ink-faint)", border: "0" },
  ".cm-activeLine, .cm-activeLineGutter": { background: "var(--hover)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": { background: "var(--accent-wash)" },
  ".cm-tooltip, .cm-panels": { background: "var(--paper)", color: "var(--ink)", border: "1px solid var(--line)", boxShadow: "var(--shadow-high)" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "var(--accent-wash)", color: "var(--accent-ink)" },
  ".cm-completionDetail": { color: "var(--ink-faint)", fontStyle: "normal" },
  ".cm-diagnostic": { padding: "0.375rem 0.625rem", fontFamily: "var(--font)", borderLeftColor: "var(--red)" },
  ".cm-panels input, .cm-panels button": { font: "inherit", color: "inherit", background: "var(--sunken)", border: "1px solid var(--line)", borderRadius: "var(--radius-s)" },
});

const colours = (kit) => kit.HighlightStyle.define([
  { tag: [kit.tags.propertyName, kit.tags.definition(kit.tags.propertyName)], color: "var(--accent-ink)" },
  { tag: kit.tags.string, color: "var(--green-ink)" },
  { tag: [kit.tags.comment, kit.tags.lineComment], color: "var(--ink-faint)", fontStyle: "italic" },
  { tag: [kit.tags.keyword, kit.tags.bool, kit.tags.number], color: "var(--violet-ink)" },
]);

function remarks(form, doc) {
  return [...form.querySelectorAll("[data-remark]")].map((one) => {
    const line = doc.line(Math.min(Math.max(Number(one.dataset.remark), 1), doc.lines));
    return { from: line.from, to: line.to, severity: "error", message: one.lastElementChild.textContent.trim() };
  });
}

async function completing(kit, field) {
  if (!field.dataset.schema) return [];
  const answer = await fetch(field.dataset.schema);
  return answer.ok ? [kit.autocompletion({ override: [completer(await answer.json())] })] : [];
}

async function open(field, kit) {
  const place = document.createElement("div");
  place.className = "rules__shadow";
  const root = place.attachShadow({ mode: "open" });
  const named = field.labels[0]?.textContent.trim() ?? "";
  const form = field.form;
  const view = new kit.EditorView({
    root,
    parent: root,
    doc: field.value,
    extensions: [
      kit.lineNumbers(), kit.lintGutter(), kit.history(), kit.drawSelection(), kit.highlightActiveLine(), kit.bracketMatching(),
      kit.search({ top: true }), kit.indentUnit.of("  "), kit.EditorState.tabSize.of(2),
      ...(field.name === "text" && /\.ya?ml$/.test(named) ? [kit.yaml()] : [kit.EditorView.lineWrapping]),
      ...(await completing(kit, field)),
      look(kit), kit.syntaxHighlighting(colours(kit)),
      kit.EditorView.contentAttributes.of({ "aria-label": named, spellcheck: "false", tabindex: "0" }),
      kit.keymap.of([
        { key: "Mod-Enter", run: () => { form.requestSubmit(); return true; } },
        { key: "Mod-s", run: () => { form.requestSubmit(); return true; } },
        ...kit.completionKeymap, ...kit.lintKeymap, ...kit.searchKeymap, ...kit.historyKeymap, ...kit.defaultKeymap, kit.indentWithTab,
      ]),
      kit.EditorView.updateListener.of((update) => {
        if (!update.docChanged) return;
        field.value = update.state.doc.toString();
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }),
    ],
  });
  // What is typed here is no shortcut of the page's, and its keys stay in the shadow.
  place.addEventListener("keydown", (event) => event.stopPropagation());
  field.before(place);
  field.hidden = true;
  field.focus = () => view.focus();
  form.querySelector("[data-code-keys]")?.removeAttribute("hidden");
  view.dispatch(kit.setDiagnostics(view.state, remarks(form, view.state.doc)));
  const line = Number(field.dataset.line);
  if (line) {
    const at = view.state.doc.line(Math.min(line, view.state.doc.lines)).from;
    view.dispatch({ selection: { anchor: at }, effects: kit.EditorView.scrollIntoView(at, { y: "center" }) });
    view.focus();
  }
}

const field = document.querySelector("[data-code-form] textarea[data-code]");
if (field) import("../foreign/codemirror.js").then((kit) => open(field, kit)).catch((trouble) => console.warn(trouble));
