// The text of a textarea as a document, and a document as such a text. `hubportal/kit/rich.py` reads the same markup for
// pages and papers: a test holds the two together.
import MarkdownIt from "markdown-it";
import { MarkdownParser, MarkdownSerializer } from "prosemirror-markdown";
import { Schema } from "prosemirror-model";

const LEFT_OUT = [
  ...["blockquote", "code", "fence", "hr", "html_block", "lheading", "reference", "table"],
  ...["backticks", "entity", "html_inline", "image", "strikethrough"],
];
const BULLET = /^(\s*)(?:[•▪◦‣·●○]\s*|[-–—](?:\s+|(?=\p{L}))|[*+]\s+)(?=\S)/u;
const HEADING = /^#{1,6}(?=[A-Z])/;
const ITEM = /^\s*(-|\d{1,9}(?=[.)]))[.)]?(?:\s|$)/;

// Whether a link may lead there: a website or an email address.
export const mayLeadTo = (address) => /^(https?|mailto):/i.test(address.trim());

const dir = { dir: "auto" };
export const schema = new Schema({
  nodes: {
    doc: { content: "block+" },
    paragraph: { content: "inline*", group: "block", parseDOM: [{ tag: "p" }], toDOM: () => ["p", dir, 0] },
    heading: {
      attrs: { level: { default: 1 } },
      content: "text*",
      group: "block",
      defining: true,
      parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level: Math.min(level, 2) } })),
      toDOM: (node) => [`h${node.attrs.level + 1}`, dir, 0],
    },
    bullet_list: { content: "list_item+", group: "block", parseDOM: [{ tag: "ul" }], toDOM: () => ["ul", 0] },
    ordered_list: {
      attrs: { order: { default: 1 } },
      content: "list_item+",
      group: "block",
      parseDOM: [{ tag: "ol", getAttrs: (list) => ({ order: Number(list.getAttribute("start")) || 1 }) }],
      toDOM: (node) => ["ol", node.attrs.order === 1 ? {} : { start: node.attrs.order }, 0],
    },
    list_item: { content: "block+", defining: true, parseDOM: [{ tag: "li" }], toDOM: () => ["li", dir, 0] },
    text: { group: "inline" },
    hard_break: { inline: true, group: "inline", selectable: false, parseDOM: [{ tag: "br" }], toDOM: () => ["br"] },
  },
  marks: {
    strong: { parseDOM: [{ tag: "strong" }, { tag: "b" }], toDOM: () => ["strong", 0] },
    link: {
      attrs: { href: {} },
      inclusive: false,
      parseDOM: [{ tag: "a[href]", getAttrs: (link) => mayLeadTo(link.getAttribute("href")) && { href: link.getAttribute("href").trim() } }],
      toDOM: (mark) => ["a", { href: mark.attrs.href, rel: "nofollow noopener noreferrer" }, 0],
    },
  },
});

// --- Reading -------------------------------------------------------------------------------------------------------
const reader = new MarkdownIt("commonmark", { html: false, breaks: true }).disable(LEFT_OUT, true);
reader.validateLink = mayLeadTo;
// Headings are of the first or second rank by what is there, and emphasis with one mark is no bold: its marks stay.
reader.core.ruler.push("as_the_portal_reads", (state) => {
  const levels = [...new Set(state.tokens.filter((token) => token.type === "heading_open").map((token) => token.tag))].sort();
  for (const token of state.tokens) {
    if (token.type === "heading_open") token.meta = { level: Math.min(levels.indexOf(token.tag) + 1, 2) };
    for (const child of token.children || []) {
      if (child.type === "em_open" || child.type === "em_close") Object.assign(child, { type: "text", nesting: 0, content: child.markup });
    }
  }
});

const parser = new MarkdownParser(schema, reader, {
  paragraph: { block: "paragraph" },
  heading: { block: "heading", getAttrs: (token) => token.meta },
  bullet_list: { block: "bullet_list" },
  ordered_list: { block: "ordered_list", getAttrs: (token) => ({ order: Number(token.attrGet("start") ?? 1) }) },
  list_item: { block: "list_item" },
  softbreak: { node: "hard_break" },
  hardbreak: { node: "hard_break" },
  link: { mark: "link", getAttrs: (token) => ({ href: token.attrGet("href") }) },
  strong: { mark: "strong" },
});

// The text with the bullets that people type as Markdown has them, and with lists that end where their items end.
function asMarkdown(text) {
  const lines = [];
  let inList = false;
  let wasBlank = true;
  for (const typed of text.replace(/\r\n?/g, "\n").split("\n")) {
    const line = typed.replace(BULLET, "$1- ").replace(HEADING, "$& ");
    const item = ITEM.exec(line);
    if (item && (inList || wasBlank || ["-", "1"].includes(item[1]))) inList = true;
    else if (/^\S/.test(line)) {
      if (inList) lines.push("");
      inList = false;
    }
    wasBlank = !line.trim();
    lines.push(line);
  }
  return lines.join("\n");
}

export const read = (text) => parser.parse(asMarkdown(text));

// What is pasted as bare text; the cells of a table stand apart.
export const readPasted = (text) => parser.parse(asMarkdown(text).replace(/(\S)\t+(?=\S)/g, "$1 | "));

// --- Writing -------------------------------------------------------------------------------------------------------
// Only what would be read as markup is escaped, so that the text reads well in a browser without scripts.
function escaped(text, atStart, endsHeading) {
  let words = text
    .replace(/\\(?=[!-/:-@[-`{-~]|$)/g, "\\\\")
    .replace(/(\s)?\*(?=(\s)?)/g, (found, before, after) => (before && after ? found : `${before ?? ""}\\*`))
    .replace(/(?<!\w)_|_(?!\w)/g, "\\_")
    .replace(/\](?=\(|$)/g, "\\]")
    .replace(/<(?=[a-z][\w+.-]*:|[^\s<>]+@)/gi, "\\<");
  if (atStart) {
    words = words
      .replace(/^(\s*)(-(?=\s|\p{L}|$)|\+(?=\s|$))/u, "$1\\$2")
      .replace(/^(\s*)(#{1,6})(?=\s|[A-Z]|$)/, "$1\\$2")
      .replace(/^(\s*\d{1,9})([.)])(?=\s|$)/, "$1\\$2");
  }
  return endsHeading ? words.replace(/(^|\s)(#+\s*)$/, "$1\\$2") : words;
}

const isAlone = (mark, parent, index) => {
  const node = parent.child(index);
  const next = index + 1 < parent.childCount ? parent.child(index + 1) : null;
  return node.isText && node.text === mark.attrs.href && node.marks.length === 1 && !(next && mark.isInSet(next.marks));
};

const serializer = new MarkdownSerializer(
  {
    paragraph(state, node) {
      state.renderInline(node);
      state.closeBlock(node);
    },
    heading(state, node) {
      state.write(`${"#".repeat(node.attrs.level)} `);
      state.renderInline(node, false);
      state.closeBlock(node);
    },
    bullet_list: (state, node) => state.renderList(node, "  ", () => "- "),
    ordered_list: (state, node) => state.renderList(node, "   ", (index) => `${node.attrs.order + index}. `),
    list_item: (state, node) => state.renderContent(node),
    hard_break(state, node, parent, index) {
      for (let at = index + 1; at < parent.childCount; at += 1) if (parent.child(at).type !== node.type) return void state.write("\n");
    },
    text(state, node, parent, index) {
      const atStart = state.atBlockStart || (index > 0 && parent.child(index - 1).type.name === "hard_break");
      const endsHeading = parent.type.name === "heading" && index + 1 === parent.childCount;
      state.text(state.inAutolink ? node.text : escaped(node.text, atStart, endsHeading), false);
    },
  },
  {
    link: {
      open(state, mark, parent, index) {
        state.inAutolink = isAlone(mark, parent, index);
        return state.inAutolink ? "<" : "[";
      },
      close(state, mark) {
        const closing = state.inAutolink ? ">" : `](${mark.attrs.href.replace(/[\s<>]/g, encodeURIComponent).replace(/[()\\]/g, "\\$&")})`;
        state.inAutolink = undefined;
        return closing;
      },
      mixable: true,
    },
    strong: { open: "**", close: "**", mixable: true, expelEnclosingWhitespace: true },
  },
  { tightLists: true },
);

export const write = (doc) => serializer.serialize(doc).trim();
