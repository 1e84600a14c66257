// The buttons above an editor, and the small form for a link. One stop for the Tab key: arrows go from button to button.
import { TOOLS, link } from "./commands.js";
import { mayLeadTo } from "./markdown.js";

function make(tag, properties = {}, ...children) {
  const { attributes = {}, ...others } = properties;
  const element = Object.assign(document.createElement(tag), others);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// "www.school.example" and "office@school.example" as people write them; "" where it leads nowhere.
function addressOf(typed) {
  const words = typed.trim();
  if (!words || /\s/.test(words)) return "";
  if (mayLeadTo(words)) return words;
  if (/^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/.test(words)) return `mailto:${words}`;
  return /^[\w-]+(\.[\w-]+)+([/?#:]|$)/.test(words) && !/^[a-z][\w+.-]*:(?!\d)/i.test(words) ? `https://${words}` : "";
}

// All of the link that the selection stands in.
function linkAround(state) {
  const { $from, from, to, empty } = state.selection;
  const mark = [...$from.marks(), ...($from.nodeAfter?.marks || [])].find((each) => each.type === link);
  if (!mark || !empty) return { from, to, href: mark?.attrs.href || "" };
  const { parent } = $from;
  let start = $from.index();
  if (start === parent.childCount || !mark.isInSet(parent.child(start).marks)) start -= 1;
  let end = start;
  while (start > 0 && mark.isInSet(parent.child(start - 1).marks)) start -= 1;
  while (end + 1 < parent.childCount && mark.isInSet(parent.child(end + 1).marks)) end += 1;
  let at = $from.start();
  for (let index = 0; index < start; index += 1) at += parent.child(index).nodeSize;
  let length = 0;
  for (let index = start; index <= end; index += 1) length += parent.child(index).nodeSize;
  return { from: at, to: at + length, href: mark.attrs.href };
}

export class Toolbar {
  constructor(view, name, id) {
    this.view = view;
    this.tools = TOOLS.map((tool) => ({ ...tool, button: this.button(tool.label, () => this.run(tool.run), tool.keys) }));
    this.linkButton = this.button("Link", () => this.ask(), "Control+K");
    this.buttons = [...this.tools.map((tool) => tool.button), this.linkButton];
    this.buttons.forEach((button, index) => (button.tabIndex = index ? -1 : 0));
    this.bar = make("div", { className: "rich-text__tools", attributes: { role: "toolbar", "aria-label": `Format: ${name}` } }, ...this.buttons);
    this.bar.addEventListener("keydown", (event) => this.move(event));
    this.panel = this.linkForm(id);
    this.update();
  }

  button(label, press, keys) {
    const button = make("button", { type: "button", className: "rich-text__tool", textContent: label });
    if (keys) button.setAttribute("aria-keyshortcuts", keys);
    button.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays where it is
    button.addEventListener("click", press);
    return button;
  }

  run(command) {
    command(this.view.state, this.view.dispatch, this.view);
    this.view.focus();
  }

  focus() {
    this.buttons.find((button) => button.tabIndex === 0).focus();
  }

  move(event) {
    const at = this.buttons.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: this.buttons.length - 1 }[event.key];
    if (event.key === "Escape") this.view.focus();
    if (to === undefined || at < 0) return;
    event.preventDefault();
    const next = this.buttons.at(to % this.buttons.length);
    for (const button of this.buttons) button.tabIndex = button === next ? 0 : -1;
    next.focus();
  }

  update() {
    const { state } = this.view;
    for (const { button, run, isOn } of this.tools) {
      button.setAttribute("aria-pressed", String(isOn(state)));
      button.setAttribute("aria-disabled", String(!run(state, undefined, this.view)));
    }
    this.linkButton.setAttribute("aria-pressed", String(Boolean(linkAround(state).href)));
  }

  // --- Links ---------------------------------------------------------------------------------------------------------
  linkForm(id) {
    this.address = make("input", { className: "govuk-input", id: `${id}-link`, type: "text", inputMode: "url", autocomplete: "off", spellcheck: false });
    this.error = make("p", { className: "govuk-error-message", id: `${id}-link-error`, hidden: true });
    this.error.append(make("span", { className: "govuk-visually-hidden", textContent: "Error: " }), "Enter the address of a web page or an email address, such as https://www.school.example");
    const label = make("label", { className: "govuk-label", htmlFor: this.address.id, textContent: "Where the link leads" });
    this.remove = this.button("Remove the link", () => this.setLink(""));
    const buttons = make("div", { className: "rich-text__tools" }, this.button("Set the link", () => this.take()), this.remove, this.button("Cancel", () => this.close()));
    const panel = make("div", { className: "rich-text__link", hidden: true, attributes: { role: "group", "aria-label": "Link" } }, label, this.error, this.address, buttons);
    for (const kind of ["input", "change"]) panel.addEventListener(kind, (event) => event.stopPropagation()); // no words of the form
    panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
      if (event.key !== "Enter" || event.target !== this.address) return;
      event.preventDefault();
      this.take();
    });
    return panel;
  }

  ask() {
    const { href } = linkAround(this.view.state);
    this.address.value = href.replace(/^mailto:/, "");
    this.remove.hidden = !href;
    this.wrong(false);
    this.panel.hidden = false;
    this.address.focus();
    this.address.select();
    return true;
  }

  wrong(is) {
    this.error.hidden = !is;
    this.address.classList.toggle("govuk-input--error", is);
    if (is) this.address.setAttribute("aria-describedby", this.error.id);
    else this.address.removeAttribute("aria-describedby");
  }

  take() {
    const href = addressOf(this.address.value);
    this.wrong(!href);
    if (href) this.setLink(href);
    else this.address.focus();
  }

  setLink(href) {
    const { state } = this.view;
    const { from, to } = linkAround(state);
    let tr = state.tr.removeMark(from, to, link);
    if (href && from === to) tr = tr.insert(from, state.schema.text(this.address.value.trim(), [link.create({ href })]));
    else if (href) tr = tr.addMark(from, to, link.create({ href }));
    this.view.dispatch(tr.removeStoredMark(link));
    this.close();
  }

  close() {
    this.panel.hidden = true;
    this.view.focus();
  }
}
