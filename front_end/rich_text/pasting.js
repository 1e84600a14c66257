// What comes with a paste from Word, a website or a spreadsheet, made into what the schema knows: nothing that is said falls
// away, and nothing of how it looked comes along.
const NOISE = "script, style, meta, link, title, xml, noscript, template, iframe, object, embed, svg, math, input, button, select";
const BLOCKS = "p, div, ul, ol, li, br, h1, h2, h3, h4, h5, h6, blockquote, pre";

// Styles are read, never applied, and handlers never made: the page's policy forbids both, and says so aloud.
const inert = (html) =>
  html.replace(/<(style|script)\b[\s\S]*?<\/\1\s*>/gi, "").replace(/<[^>]+>/g, (tag) => tag.replace(/\s(style|on\w+)\s*=/gi, " data-$1="));
const styleOf = (element) => element.dataset.style || "";

export function cleaned(html) {
  const page = new DOMParser().parseFromString(inert(html), "text/html");
  const { body } = page;
  for (const each of body.querySelectorAll(NOISE)) each.remove();
  removeComments(page);
  for (const each of body.querySelectorAll("img")) each.replaceWith(` ${each.alt}`);
  for (const each of body.querySelectorAll("p.MsoTitle")) rename(each, "h1");
  makeLists(body);
  markBold(body);
  for (const table of [...body.querySelectorAll("table")].reverse()) table.replaceWith(...rowsOf(table));
  tidySpaces(page);
  for (const each of body.querySelectorAll("p")) if (!each.textContent.trim() && !each.querySelector("br")) each.remove();
  return body.innerHTML;
}

function walk(page, what) {
  const walker = page.createTreeWalker(page.body, what);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  return found;
}

const removeComments = (page) => walk(page, NodeFilter.SHOW_COMMENT).forEach((each) => each.remove());

function tidySpaces(page) {
  for (const text of walk(page, NodeFilter.SHOW_TEXT)) text.data = text.data.replace(/[\u00a0\u2007\u202f]/g, " ").replace(/[\u00ad\u200b\ufeff]/g, "");
}

function rename(element, tag) {
  const made = element.ownerDocument.createElement(tag);
  made.append(...element.childNodes);
  element.replaceWith(made);
  return made;
}

// Word writes the items of a list as paragraphs that name their list and level, each with its mark as text.
function makeLists(body) {
  let open = [];
  let last = null;
  for (const paragraph of body.querySelectorAll("p")) {
    const level = Number(/mso-list:[^;"]*\blevel(\d)/.exec(styleOf(paragraph))?.[1] || 0);
    if (!level) continue;
    const mark = paragraph.querySelector('[data-style*="mso-list:Ignore"], [data-style*="mso-list: Ignore"]');
    const sign = mark?.textContent.trim() || "·";
    mark?.remove();
    const tag = /^\(?(\d+|[a-z]{1,4})[.)]/i.test(sign) ? "ol" : "ul";
    if (!last || nextOf(last) !== paragraph) open = [];
    open.length = Math.min(open.length, level);
    const ended = open.length === level && open[level - 1].localName !== tag;
    if (ended) open.length = level - 1;
    while (open.length < level) {
      const list = body.ownerDocument.createElement(tag);
      if (tag === "ol" && /^\(?\d/.test(sign)) list.setAttribute("start", /\d+/.exec(sign)[0]);
      const above = open.at(-1)?.lastElementChild;
      if (above) above.append(list);
      else if (open.length) open.at(-1).append(list);
      else paragraph.before(list);
      open.push(list);
    }
    const item = body.ownerDocument.createElement("li");
    open.at(-1).append(item);
    item.append(...paragraph.childNodes);
    paragraph.remove();
    [last] = open;
  }
}

function nextOf(element) {
  let next = element.nextSibling;
  while (next && next.nodeType === Node.TEXT_NODE && !next.data.trim()) next = next.nextSibling;
  return next;
}

function markBold(body) {
  for (const each of body.querySelectorAll("b, strong")) if (/(^|[;\s])font-weight:\s*(normal|400)/.test(styleOf(each))) each.replaceWith(...each.childNodes);
  for (const each of body.querySelectorAll("span[data-style]")) if (/(^|[;\s])font-weight:\s*(bold|[6-9]00)/.test(styleOf(each))) rename(each, "strong");
}

// A row is a line, its cells apart: "Cello | 12 pupils | families pay".
function rowsOf(table) {
  return [...table.rows].map((row) => {
    const line = table.ownerDocument.createElement("p");
    [...row.cells].forEach((cell, index) => {
      for (const block of [...cell.querySelectorAll(BLOCKS)].reverse()) block.replaceWith(...block.childNodes, " ");
      if (index) line.append(" | ");
      line.append(...cell.childNodes);
    });
    return line;
  });
}
