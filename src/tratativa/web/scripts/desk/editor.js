/* Rich text over the composer's textarea. The textarea stays the field: without this script, or before the editor has
   come, it is written in as it is; with it, `rich` carries the marks beside it. Django prose-editor brings the editor
   itself; only its module is used, so that no script and no style stands inside a page. */

const MARKED = /<(strong|em|s|ul|ol)>/;
// As nodes, not as HTML: read as HTML, the blank just typed at a line's end would be gone.
const asLine = (words) => ({ type: "paragraph", content: words ? [{ type: "text", text: words }] : [] });
const asLines = (words) => ({ type: "doc", content: words.split("\n").map(asLine) });

function draw(toolbar, editor) {
  for (const button of toolbar.querySelectorAll("[data-mark]")) {
    button.setAttribute("aria-pressed", String(editor.isActive(button.dataset.mark)));
  }
}

const TOGGLES = {
  bold: (chain) => chain.toggleBold(),
  italic: (chain) => chain.toggleItalic(),
  strike: (chain) => chain.toggleStrike(),
  bulletList: (chain) => chain.toggleBulletList(),
  orderedList: (chain) => chain.toggleOrderedList(),
};

function bind(toolbar, editor) {
  const buttons = [...toolbar.querySelectorAll("[data-mark]")];
  buttons.forEach((button, number) => (button.tabIndex = number ? -1 : 0));
  toolbar.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays where it is
  toolbar.addEventListener("click", (event) => {
    const button = event.target.closest("[data-mark]");
    if (button) TOGGLES[button.dataset.mark](editor.chain().focus()).run();
  });
  toolbar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const here = buttons.indexOf(document.activeElement);
    if (!step || here < 0) return;
    event.preventDefault();
    const next = buttons[(here + step + buttons.length) % buttons.length];
    buttons.forEach((button) => (button.tabIndex = button === next ? 0 : -1));
    next.focus();
  });
  toolbar.hidden = false;
}

/* What is pasted keeps what it says: a table its lines and cells, a link its address. */
function plainer(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const link of page.querySelectorAll("a[href^='http'], a[href^='mailto:']")) {
    const address = link.getAttribute("href").replace(/^mailto:/, "");
    const said = link.textContent.trim();
    const bare = (text) => text.replace(/^https?:\/\//, "").replace(/\/$/, "");
    link.replaceWith(!said || bare(said) === bare(address) ? address : `${said} (${address})`);
  }
  for (const table of [...page.querySelectorAll("table")].reverse()) {
    const lines = [...table.rows].map((row) => {
      const line = page.createElement("p");
      line.textContent = [...row.cells].map((cell) => cell.textContent.replace(/\s+/g, " ").trim()).join(" | ");
      return line;
    });
    table.replaceWith(...lines);
  }
  return page.body.innerHTML;
}

/* What a filled text still lacks is selected: the next word typed stands in its place. */
function selectBlank(editor) {
  let found = null;
  editor.state.doc.descendants((node, at) => {
    const blank = !found && node.isText && /⟦[^⟦⟧]*⟧/.exec(node.text);
    if (blank) found = { from: at + blank.index, to: at + blank.index + blank[0].length };
    return !found;
  });
  if (found) editor.chain().focus().setTextSelection(found).run();
}

function open(textarea, kit) {
  const form = textarea.form;
  const toolbar = form.querySelector("[data-toolbar]");
  const label = form.querySelector(`label[for="${textarea.id}"]`);
  label.id = `${textarea.id}-label`;
  label.removeAttribute("for"); // it speaks of the editor from here on
  const rich = document.createElement("input");
  rich.type = "hidden";
  rich.name = "rich";
  // What was typed before the editor came, or brought back by the browser, is newer than the draft's marks.
  rich.value = textarea.value === textarea.defaultValue ? textarea.dataset.rich : "";
  const place = document.createElement("div");
  const focused = document.activeElement === textarea;
  textarea.after(place, rich);
  const described = ["aria-invalid", "aria-describedby", "aria-keyshortcuts"].filter((name) => textarea.hasAttribute(name));
  const editor = new kit.Editor({
    element: place,
    injectCSS: false, // an inline style sheet is what the page's policy forbids; marked.css has what it says
    extensions: [
      kit.Document, kit.Paragraph, kit.Text, kit.HardBreak, kit.History, kit.Bold, kit.Italic, kit.Strike,
      kit.BulletList, kit.OrderedList, kit.ListItem, kit.Placeholder.configure({ placeholder: textarea.placeholder }),
    ],
    content: rich.value || asLines(textarea.value),
    parseOptions: { preserveWhitespace: "full" },
    editorProps: {
      transformPastedHTML: plainer,
      attributes: {
        class: "composer__text marked", role: "textbox", "aria-multiline": "true", "aria-labelledby": label.id,
        ...Object.fromEntries(described.map((name) => [name, textarea.getAttribute(name)])),
      },
    },
    onUpdate: () => {
      const html = editor.getHTML();
      rich.value = MARKED.test(html) ? html : ""; // without marks the words are the whole message
      textarea.value = editor.getText({ blockSeparator: "\n" });
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
      draw(toolbar, editor);
    },
    onSelectionUpdate: () => draw(toolbar, editor),
  });
  // Tiptap's own focus comes a frame later: what is typed meanwhile would be taken for the page's shortcuts.
  const focus = () => {
    editor.commands.setTextSelection(editor.state.doc.content.size);
    editor.view.focus();
  };
  textarea.addEventListener("rewritten", ({ detail }) => {
    const parseOptions = { preserveWhitespace: "full" };
    editor.commands.setContent(detail.rich || asLines(detail.text), { emitUpdate: true, parseOptions });
  });
  textarea.addEventListener("inserted", ({ detail }) => {
    const content = detail.rich || asLines(detail.text).content;
    editor.chain().focus().insertContent(content, { parseOptions: { preserveWhitespace: "full" } }).run();
    selectBlank(editor);
  });
  if (focused) focus();
  textarea.hidden = true;
  // Shortcuts and scripts that look for the field find the editor behind it.
  textarea.focus = focus;
  editor.view.dom.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  }, true);
  bind(toolbar, editor);
}

const start = () => {
  const ours = document.querySelector("[data-composer] textarea[data-rich]");
  if (ours) import("django-prose-editor/editor.js").then((kit) => open(ours, kit)).catch((trouble) => console.warn(trouble));
};
start();
document.addEventListener("tratativa:composer", start);
