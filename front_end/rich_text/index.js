// Headings, lists, bold and links in the textareas marked data-rich. The textarea stays what the form sends and what
// drafts.js keeps: the editor draws what stands in it, and writes into it only what a person changes.
import { history } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import { Slice } from "prosemirror-model";
import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { KEYS, rules } from "./commands.js";
import { read, readPasted, write } from "./markdown.js";
import { cleaned } from "./pasting.js";
import { Toolbar } from "./toolbar.js";

const OUTSIDE = "from outside";

class RichText {
  constructor(textarea) {
    this.textarea = textarea;
    this.known = textarea.value;
    const place = document.createElement("div");
    const plugins = [rules, keymap({ "Mod-k": () => this.toolbar.ask(), "Alt-F10": () => this.toTools() }), keymap(KEYS), history()];
    this.view = new EditorView(
      { mount: place },
      {
        state: EditorState.create({ doc: read(this.known), plugins }),
        attributes: this.attributes(),
        editable: () => !textarea.readOnly,
        dispatchTransaction: (tr) => this.change(tr),
        transformPastedHTML: cleaned,
        clipboardTextParser: (text) => Slice.maxOpen(readPasted(text).content),
        handleDOMEvents: { focus: () => this.tell("focus"), blur: () => this.tell("blur") },
      },
    );
    place.style.setProperty("--rows", textarea.rows);
    this.toolbar = new Toolbar(this.view, this.name, textarea.id);
    const root = document.createElement("div");
    root.className = "rich-text";
    root.append(this.toolbar.bar, this.toolbar.panel, place);
    textarea.after(root); // below it, so that an address that ends in its id leads to what is seen
    this.standBehind();
  }

  get name() {
    return this.textarea.labels[0]?.textContent.trim() || "Your words";
  }

  attributes() {
    const { textarea } = this;
    const label = textarea.labels[0];
    if (label) label.id ||= `${textarea.id}-label`;
    const found = { role: "textbox", "aria-multiline": "true", class: "rich-text__words govuk-textarea rich" };
    if (textarea.classList.contains("govuk-textarea--error")) found.class += " govuk-textarea--error";
    if (label) found["aria-labelledby"] = label.id;
    for (const name of ["aria-describedby", "aria-invalid"]) if (textarea.hasAttribute(name)) found[name] = textarea.getAttribute(name);
    return found;
  }

  // The textarea goes on for drafts.js, for the count of characters, for labels and for the links of the error summary.
  standBehind() {
    const { textarea } = this;
    textarea.classList.add("govuk-visually-hidden");
    textarea.tabIndex = -1;
    textarea.setAttribute("aria-hidden", "true");
    textarea.addEventListener("focus", (event) => event.isTrusted && this.view.focus());
    textarea.addEventListener("input", () => this.redraw());
    window.addEventListener("pageshow", () => this.redraw()); // what the browser itself has put back
    new MutationObserver(() => this.view.setProps({})).observe(textarea, { attributeFilter: ["readonly"] });
  }

  tell(kind) {
    this.textarea.dispatchEvent(new FocusEvent(kind)); // the count of characters speaks while somebody writes
    return false;
  }

  toTools() {
    this.toolbar.focus();
    return true;
  }

  change(tr) {
    this.view.updateState(this.view.state.apply(tr));
    this.toolbar?.update();
    if (!tr.docChanged || tr.getMeta(OUTSIDE)) return;
    const words = write(this.view.state.doc);
    if (words === this.known) return;
    this.known = words;
    this.textarea.value = words;
    this.textarea.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // Somebody else's words, those put back, or those that the browser remembers: the part that differs is drawn anew.
  redraw() {
    const words = this.textarea.value;
    if (words === this.known) return;
    this.known = words;
    const { doc } = this.view.state;
    const next = read(words);
    const start = doc.content.findDiffStart(next.content);
    if (start === null) return;
    let { a, b } = doc.content.findDiffEnd(next.content);
    const overlap = start - Math.min(a, b);
    if (overlap > 0) [a, b] = [a + overlap, b + overlap];
    this.view.dispatch(this.view.state.tr.replace(start, a, next.slice(start, b)).setMeta(OUTSIDE, true).setMeta("addToHistory", false));
  }
}

for (const textarea of document.querySelectorAll("textarea[data-rich]")) new RichText(textarea);
