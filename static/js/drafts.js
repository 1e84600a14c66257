// Keeps what is typed. A draft's page saves itself as it is written, with a copy in this browser until the server has it, and
// shows both sides where two people wrote the same field. Any other form marked data-keep has the copy only, until the server
// has taken it. Loaded on every page, since the copies go when the server says so and at sign-out.
"use strict";

(() => {
  const PAUSE = 1000; // ms after the last keystroke
  const LONGEST_PAUSE = 2000; // ms from the first unsaved keystroke
  const HEARTBEAT = 20_000; // ms between two looks at what others do
  const IDLE = 600_000; // ms without a keystroke after which a page no longer asks
  const LARGEST_FAREWELL = 60_000; // bytes a browser sends for a page that is closing
  const PREFIX = "draft:";
  const SIGNED_OUT = "draft-signed-out";
  const TAKEN = "draft_taken"; // the cookie in which the server names a sent form that it has taken
  const OWN = /^(draft_\w+|csrfmiddlewaretoken)$/;
  const COUNTER = "-TOTAL_FORMS";
  const SKIPPED = new Set(["file", "password", "submit", "button", "reset", "image"]);

  // --- Copies in this browser: one entry a person and draft, holding one copy a tab ---------------------------------
  const copies = {
    allowed: true,
    read(key) {
      try {
        return JSON.parse(localStorage.getItem(key)) || {};
      } catch {
        return {};
      }
    },
    put(key, writer, copy) {
      const all = this.read(key);
      if (copy) all[writer] = copy;
      else delete all[writer];
      try {
        if (!Object.keys(all).length) localStorage.removeItem(key);
        else if (this.allowed) localStorage.setItem(key, JSON.stringify(all));
        return true;
      } catch {
        return false; // full, or forbidden in this browser
      }
    },
    keys() {
      try {
        return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
      } catch {
        return [];
      }
    },
    clear() {
      try {
        for (const key of this.keys()) localStorage.removeItem(key);
        localStorage.setItem(SIGNED_OUT, String(Date.now()));
      } catch {
        // No storage, so nothing to clear.
      }
    },
  };

  // --- Fields ------------------------------------------------------------------------------------------------------
  const plain = (values) => (values.length > 1 ? values : (values[0] ?? ""));
  const same = (a, b) => JSON.stringify(a ?? "") === JSON.stringify(b ?? "");
  const lines = (text) => text.replace(/\r\n?/g, "\n");

  function controlsOf(form) {
    const named = new Map();
    for (const control of form.elements) {
      if (!control.name || OWN.test(control.name) || SKIPPED.has(control.type) || control.disabled) continue;
      if (control.closest("[data-draft-conflict], [data-draft-copy]")) continue;
      if (!named.has(control.name)) named.set(control.name, []);
      named.get(control.name).push(control);
    }
    return named;
  }

  // `made` reads what the server rendered, not what stands there now.
  function valueOf(controls, made = false) {
    const found = [];
    for (const control of controls) {
      if (control.type === "checkbox" || control.type === "radio") {
        if (made ? control.defaultChecked : control.checked) found.push(control.value);
      } else if (control.type === "select-multiple" || control.type === "select-one") {
        let options = [...control.options].filter((option) => (made ? option.defaultSelected : option.selected));
        if (!options.length && control.type === "select-one") options = [...control.options].slice(0, 1);
        found.push(...options.map((option) => option.value));
      } else {
        found.push(lines(made && control.type !== "hidden" ? control.defaultValue : control.value));
      }
    }
    return plain(found);
  }

  function setValue(controls, value) {
    const wanted = Array.isArray(value) ? value : [value];
    controls.forEach((control, index) => {
      if (control.type === "checkbox" || control.type === "radio") control.checked = wanted.includes(control.value);
      else if (control.options) for (const option of control.options) option.selected = wanted.includes(option.value);
      else control.value = wanted[controls.length > 1 ? index : 0] ?? "";
    });
    controls[0].dispatchEvent(new Event("input", { bubbles: true })); // wakes character counts
  }

  function wordsOf(controls, value) {
    const labels = (Array.isArray(value) ? value : [value]).map((each) => {
      for (const control of controls || []) {
        const option = control.options && [...control.options].find((one) => one.value === each);
        if (option) return option.text;
        if (["checkbox", "radio"].includes(control.type) && control.value === each) return control.labels?.[0]?.innerText || each;
      }
      return controls?.[0]?.hasAttribute("data-rich") ? asRead(each) : each;
    });
    return labels.filter(Boolean).join(", ") || "(empty)";
  }

  // Rich text as it reads, without the marks by which it is kept (kit/rich.py reads them).
  function asRead(text) {
    const led = (whole, words, to) => (words === to.replace(/^mailto:/, "") ? words : `${words} (${to})`);
    return text
      .replace(/^#{1,6}\s+/gm, "")
      .replace(/^(\s*)[-*+]\s+/gm, "$1• ")
      .replace(/(?<!\\)\*\*(.+?)(?<!\\)\*\*/g, "$1")
      .replace(/(?<!\\)\[([^\]]+)\]\(([^()\s]+)\)/g, led)
      .replace(/\\([!-/:-@[-`{-~])/g, "$1");
  }

  function fillText(element, text) {
    element.replaceChildren(...text.split("\n").flatMap((line, index) => (index ? [document.createElement("br"), line] : [line])));
  }

  // What the server sends as HTML is rich text, which it has cleaned.
  function fill(element, slots) {
    for (const slot of element.querySelectorAll("[data-slot]")) {
      const name = slot.dataset.slot;
      if (slots[`${name}_html`]) fillRich(slot, slots[`${name}_html`]);
      else if (name in slots) fillText(slot, slots[name]);
    }
  }

  function fillRich(element, html) {
    const words = Object.assign(document.createElement("div"), { className: "rich" });
    words.innerHTML = html;
    element.replaceChildren(words);
  }

  // --- A form with copies in this browser --------------------------------------------------------------------------
  class CopiedForm {
    constructor(form, key, cookie) {
      Object.assign(this, { form, key: `${PREFIX}${key}`, cookie, applying: false });
      this.writer = crypto.randomUUID ? crypto.randomUUID() : `${Date.now()}-${Math.random().toString(36).slice(2)}`;
      this.base = new Map([...controlsOf(form)].map(([name, controls]) => [name, valueOf(controls, true)]));
      window.addEventListener("storage", (event) => {
        if (event.key === SIGNED_OUT) copies.allowed = false; // somebody else may sit here next: keep no more copies
      });
      if ("BroadcastChannel" in window) {
        this.channel = new BroadcastChannel("hubportal-drafts");
        this.channel.addEventListener("message", ({ data }) => {
          if (data.ask === this.key) this.channel.postMessage({ alive: this.writer });
        });
      }
    }

    write(controls, value) {
      this.applying = true;
      setValue(controls, value);
      this.applying = false;
    }

    values() {
      return new Map([...controlsOf(this.form)].map(([name, controls]) => [name, valueOf(controls)]));
    }

    unsaved() {
      return Object.fromEntries([...this.values()].filter(([name, value]) => !same(value, this.base.get(name))));
    }

    get dirty() {
      return Object.keys(this.unsaved()).length > 0;
    }

    keep() {
      const values = this.unsaved();
      const copy = Object.keys(values).length ? { values, revision: this.revision, at: Date.now() } : null;
      this.kept = copies.put(this.key, this.writer, copy);
    }

    // What is said when nothing could be sent.
    whyNot(why) {
      const where = copies.allowed && this.kept ? "your words are kept in this browser" : "your words are on this page only";
      return {
        offline: `You are offline: ${where}`,
        unreachable: `The portal does not answer: ${where}`,
        "signed-out": `${this.status?.dataset.draftEnded || "Your sign-in has ended"}: ${where}.`,
        other: `Somebody else is signed in here now: ${where}`,
      }[why];
    }

    token() {
      const pair = document.cookie.split("; ").find((each) => each.startsWith(`${this.cookie}=`));
      return pair ? pair.slice(this.cookie.length + 1) : this.form.elements.csrfmiddlewaretoken?.value || "";
    }

    say(state, words, signIn = false) {
      const line = this.status?.querySelector("[data-draft-line]");
      if (!line) return;
      line.className = `saved saved--${state}`;
      const place = line.querySelector("[data-draft-words]");
      if (place.textContent !== words) place.textContent = words;
      line.querySelector("[data-draft-sign-in]").hidden = !signIn;
    }

    showNotes(sentences) {
      const place = this.status?.querySelector("[data-draft-notes]");
      if (!place || place.textContent === sentences.join("")) return;
      place.replaceChildren(...sentences.map((sentence) => Object.assign(document.createElement("li"), { textContent: sentence })));
    }

    async offerCopies() {
      const living = await this.otherTabs();
      const found = Object.entries(copies.read(this.key)).filter(([writer]) => writer !== this.writer && !living.has(writer));
      this.waitingCopies = found.sort(([, a], [, b]) => b.at - a.at);
      this.offerNext();
    }

    // Copies that belong to another tab which is still open are that tab's business.
    otherTabs() {
      const living = new Set();
      if (!this.channel || !Object.keys(copies.read(this.key)).length) return Promise.resolve(living);
      const listen = ({ data }) => data.alive && living.add(data.alive);
      this.channel.addEventListener("message", listen);
      this.channel.postMessage({ ask: this.key });
      return new Promise((done) => {
        setTimeout(() => {
          this.channel.removeEventListener("message", listen);
          done(living);
        }, 200);
      });
    }

    offerNext() {
      const banner = this.form.querySelector("[data-draft-copy]");
      if (!banner) return;
      banner.hidden = true;
      const [writer, copy] = this.waitingCopies.shift() || [];
      if (!copy) return;
      const now = this.values();
      // What the server had when the page was made is saved, even if somebody has typed on meanwhile.
      const stands = ([name, value]) => same(value, now.get(name)) || same(value, this.base.get(name));
      const different = Object.entries(copy.values).filter((each) => !stands(each));
      if (!different.length) {
        this.settle(writer);
        this.offerNext();
        return;
      }
      this.showCopy(banner, copy, different, now);
      banner.querySelector("[data-draft-put-back]").onclick = () => this.putBack(writer, copy);
      banner.querySelector("[data-draft-discard]").onclick = () => {
        copies.put(this.key, writer, null);
        this.offerNext();
      };
    }

    showCopy(banner, copy, different, now) {
      const when = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short" }).format(copy.at);
      banner.querySelector("[data-draft-copy-when]").textContent = `You wrote this on ${when}. It is in this browser only.`;
      const row = banner.querySelector("[data-draft-copy-row]");
      const controls = controlsOf(this.form);
      const rows = different.filter(([name]) => !name.endsWith(COUNTER)).map(([name, value]) => {
        const part = row.content.cloneNode(true);
        const known = controls.get(name);
        const slots = { label: labelOf(known?.[0]) || name, mine: wordsOf(known, value), theirs: wordsOf(known, now.get(name) ?? "") };
        fill(part, slots);
        return part;
      });
      banner.querySelector("[data-draft-copy-list]").replaceChildren(...rows);
      banner.hidden = false;
    }
  }

  // --- One draft's page --------------------------------------------------------------------------------------------
  class DraftForm extends CopiedForm {
    constructor(form) {
      const { draftUrl, draftKey, draftPerson, draftRevision, draftCookie } = form.dataset;
      super(form, `${draftPerson}:${draftKey}`, draftCookie);
      Object.assign(this, { url: draftUrl, person: draftPerson, revision: Number(draftRevision) });
      this.typedAt = Date.now();
      this.failures = 0;
      this.status = document.querySelector("[data-draft-status]");
      this.placePanels();
      this.listen();
      this.tellRevision();
      this.takeUp();
    }

    listen() {
      const { form } = this;
      form.addEventListener("input", (event) => this.typed(event));
      form.addEventListener("change", (event) => this.typed(event));
      document.body.addEventListener("portal:row-added", () => this.typed());
      form.addEventListener("submit", (event) => this.submitted(event));
      window.addEventListener("online", () => this.again());
      window.addEventListener("focus", () => this.again());
      window.addEventListener("pagehide", () => this.leave());
      window.addEventListener("pageshow", (event) => {
        this.sent = false;
        if (event.persisted) this.save();
      });
      document.addEventListener("visibilitychange", () => (document.hidden ? this.leave() : this.again()));
      setInterval(() => {
        if (!document.hidden && !this.busy && !this.failures && Date.now() - this.typedAt < IDLE) this.save();
      }, HEARTBEAT);
    }

    async takeUp() {
      const how = performance.getEntriesByType("navigation")[0]?.type;
      if (how === "reload" || how === "back_forward") await this.settleWhatTheBrowserPutIn();
      this.offerCopies();
    }

    // Going back or reloading, browsers fill in what stood there before, once the page is loaded. Where that is what this tab
    // had on its way to the server it goes on from there; anything else is offered like any copy, never taken silently.
    async settleWhatTheBrowserPutIn() {
      await loaded;
      const values = this.unsaved();
      if (!Object.keys(values).length) return;
      const living = await this.otherTabs();
      const left = Object.entries(copies.read(this.key)).find(([writer, copy]) => !living.has(writer) && same(copy.values, values));
      if (left) {
        this.goOnAs(...left);
        return;
      }
      for (const [name, controls] of controlsOf(this.form)) {
        if (name in values && same(valueOf(controls), values[name])) this.write(controls, this.base.get(name));
      }
      copies.put(this.key, `${this.writer}-before`, { values, revision: this.revision, at: Date.now() });
    }

    typed(event) {
      if (this.applying) return;
      event?.target.closest?.(".govuk-form-group")?.querySelector("[data-draft-note]")?.remove();
      this.typedAt = Date.now();
      this.keep();
      this.schedule();
    }

    schedule() {
      this.waitingSince ||= Date.now();
      clearTimeout(this.timer);
      const left = this.waitingSince + LONGEST_PAUSE - Date.now();
      this.timer = setTimeout(() => this.save(), Math.max(0, Math.min(PAUSE, left)));
    }

    // Something may be possible again that was not: the connection, or a new sign-in in another tab.
    again() {
      if (this.failures || this.dirty) this.save();
    }

    leave() {
      if (this.dirty && !this.busy) this.save({ leaving: true });
    }

    // True once the server has all that stood on the page when this was called.
    save(how = {}) {
      if (!this.busy) return this.start(how);
      this.next ||= this.busy.then(() => {
        this.next = null;
        return this.start(how);
      });
      return this.next;
    }

    start(how) {
      clearTimeout(this.timer);
      this.waitingSince = 0;
      this.busy = this.send(how).finally(() => {
        this.busy = null;
        this.showBusy(false);
      });
      return this.busy;
    }

    async send({ leaving = false, resolve = "" }) {
      const sent = this.values();
      const body = new URLSearchParams();
      for (const [name, value] of sent) for (const each of [value].flat()) body.append(name, each);
      body.set("draft_revision", this.revision);
      body.set("draft_writer", this.writer);
      body.set("draft_person", this.person);
      if (resolve) body.set("draft_resolve", resolve);
      const text = body.toString();
      if (leaving && text.length > LARGEST_FAREWELL) return false; // the copy in this browser waits for the next visit
      if (this.dirty) this.showBusy(true);
      let reply;
      try {
        reply = await this.post(text, leaving);
        if (reply.status === 403 && !isJson(reply)) reply = await this.post(text, leaving); // a new sign-in brought a new token
      } catch {
        return this.failed(navigator.onLine ? "unreachable" : "offline");
      }
      const noCookie = reply.status === 403 && !isJson(reply); // all of them are gone, that of the sign-in too
      if (reply.type === "opaqueredirect" || reply.status === 401 || noCookie) return this.failed("signed-out");
      if (reply.status >= 500 || (reply.ok && !isJson(reply))) return this.failed("unreachable");
      const answer = isJson(reply) ? await reply.json() : { error: "This could not be saved. Your words are kept in this browser." };
      if (!reply.ok) return this.refused(answer);
      return this.accepted(answer, sent);
    }

    post(text, leaving) {
      const token = this.token();
      const field = this.form.elements.csrfmiddlewaretoken;
      if (field) field.value = token;
      return fetch(this.url, {
        method: "POST",
        body: text,
        credentials: "same-origin",
        redirect: "manual",
        keepalive: leaving,
        signal: leaving ? undefined : AbortSignal.timeout(15_000),
        headers: { "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8", "X-Draft": "1", "X-CSRFToken": token },
      });
    }

    accepted(answer, sent) {
      this.failures = 0;
      copies.allowed = true;
      if (!this.growRows(answer.changed)) {
        this.say("saved", `Saved at ${answer.saved_at}. Reload the page to see the rows that others have added`);
        return true;
      }
      const controls = controlsOf(this.form);
      const changes = Object.entries({ ...answer.changed, ...settledAsChanges(answer.settled) });
      const here = changes.filter(([name]) => controls.has(name) && !name.endsWith(COUNTER));
      const free = ([name, { value }]) => [sent.get(name), value].some((known) => same(valueOf(controls.get(name)), known ?? ""));
      if (!here.every(free)) {
        this.schedule(); // typed on meanwhile in a field that somebody changed: the next save shows both
        return false;
      }
      for (const [name, value] of sent) if (!(name in answer.refused)) this.base.set(name, value);
      for (const [name, { value, by }] of here) {
        this.write(controls.get(name), value);
        this.base.set(name, value);
        if (by) this.note(controls.get(name)[0], `Changed by ${by} just now`);
      }
      this.revision = answer.revision;
      this.tellRevision();
      this.keep();
      this.showPanels(answer.conflicts);
      this.showNotes([...Object.values(answer.refused), ...answer.notes]);
      this.showOthers(answer.others);
      this.say("saved", `Saved at ${answer.saved_at}`);
      const waiting = Object.keys(this.unsaved()).some((name) => !(name in answer.refused));
      if (waiting) this.schedule();
      return !waiting && !Object.keys(answer.refused).length;
    }

    // Rows that others added are added here too, so that their words have a place. False where this page cannot.
    growRows(changed) {
      for (const [name, { value }] of Object.entries(changed)) {
        if (!name.endsWith(COUNTER)) continue;
        if (!this.addRows(name, Number(value))) return false;
      }
      return true;
    }

    addRows(name, wanted) {
      const total = this.form.elements[name];
      const button = this.form.querySelector(`[data-rows="${CSS.escape(name.slice(0, -COUNTER.length))}"] [data-rows-add]`);
      const focused = document.activeElement;
      this.applying = true;
      for (let tries = 0; total && button && Number(total.value) < wanted && tries < 100; tries += 1) button.click();
      this.applying = false;
      if (document.activeElement !== focused) focused?.focus();
      return Boolean(total) && Number(total.value) >= wanted;
    }

    failed(why) {
      this.failures += 1;
      this.keep();
      this.say(why === "signed-out" ? "failed" : "offline", this.whyNot(why), why === "signed-out");
      clearTimeout(this.timer);
      if (why !== "signed-out") this.timer = setTimeout(() => this.save(), Math.min(60_000, 1000 * 2 ** Math.min(this.failures, 6)));
      return false;
    }

    refused(answer) {
      this.failures += 1;
      this.keep();
      this.say("failed", answer.error);
      return false;
    }

    // --- Sending the form ------------------------------------------------------------------------------------------
    async submitted(event) {
      if (this.passing) return; // saved already: let the browser send it
      event.preventDefault();
      if (this.sent) return; // pressed twice
      const { submitter } = event;
      if (submitter?.name === "draft_resolve") return void this.choose(submitter);
      const saved = await this.save();
      if (submitter?.name === "draft_save") return;
      if (!saved || this.form.querySelector("[data-draft-conflict][data-draft-here]")) {
        this.status?.scrollIntoView({ block: "center" });
        if (saved) this.showNotes(["The same field was written in two places. Choose whose words to keep, then go on."]);
        return;
      }
      this.passing = true;
      this.sent = true;
      this.form.requestSubmit(submitter || undefined);
      this.passing = false;
      setTimeout(() => (this.sent = false), 10_000);
    }

    async choose(button) {
      const panel = button.closest("[data-draft-conflict]");
      const held = this.controlsFor(panel.dataset.draftField);
      for (const control of held) control.readOnly = true; // until the answer is here, so that nothing typed crosses it
      await this.save({ resolve: button.value });
      for (const control of held) control.readOnly = false;
      held[0]?.focus();
    }

    // --- What the person sees --------------------------------------------------------------------------------------
    tellRevision() {
      for (const [name, value] of Object.entries({ draft_revision: this.revision, draft_writer: this.writer })) {
        if (this.form.elements[name]) this.form.elements[name].value = value;
      }
    }

    showBusy(busy) {
      const place = this.status?.querySelector("[data-draft-busy]");
      if (place) place.hidden = !busy;
    }

    showOthers(names) {
      const place = this.status?.querySelector("[data-draft-others]");
      const words = names.length ? `Also here now: ${names.join(", ")}` : "";
      if (place && place.textContent !== words) place.textContent = words;
    }

    note(control, words) {
      const group = control.closest(".govuk-form-group") || control.parentElement;
      const old = group.querySelector("[data-draft-note]");
      const note = old || Object.assign(document.createElement("p"), { className: "govuk-hint" });
      note.dataset.draftNote = "";
      note.setAttribute("role", "status");
      if (!old) group.append(note);
      note.textContent = words;
    }

    controlsFor(field) {
      const controls = controlsOf(this.form);
      return controls.get(field) || [...controls].filter(([name]) => name.startsWith(`${field}_`)).flatMap(([, each]) => each);
    }

    place(panel) {
      const control = this.controlsFor(panel.dataset.draftField)[0];
      const group = control?.closest(".govuk-form-group .govuk-form-group, fieldset .govuk-form-group, .govuk-form-group");
      (group?.parentElement.closest(".govuk-form-group") || group)?.after(panel);
    }

    placePanels() {
      for (const panel of this.form.querySelectorAll("[data-draft-conflicts] [data-draft-conflict]")) this.place(panel);
    }

    showPanels(conflicts) {
      const standing = new Map([...this.form.querySelectorAll("[data-draft-conflict]")].map((each) => [each.dataset.draftConflict, each]));
      const made = this.form.querySelector("[data-draft-panel]");
      for (const conflict of conflicts) {
        let panel = standing.get(conflict.id);
        standing.delete(conflict.id);
        if (!panel && made) {
          panel = made.content.firstElementChild.cloneNode(true);
          panel.id = `clash-${conflict.id}`;
          panel.dataset.draftConflict = conflict.id;
          panel.dataset.draftField = conflict.field;
          panel.setAttribute("aria-label", conflict.heading);
          for (const button of panel.querySelectorAll("button")) button.value = `${conflict.id}${button.value}`;
          this.form.querySelector("[data-draft-conflicts]").append(panel);
          this.place(panel);
          this.showNotes([`${conflict.heading}. Both are kept: choose below the field.`]);
        }
        if (!panel) continue;
        panel.toggleAttribute("data-draft-here", conflict.here);
        fill(panel, { ...conflict, mine: conflict.mine || "(empty)", theirs: conflict.theirs || "(empty)" });
        panel.querySelector("[data-draft-both]").hidden = !conflict.joinable;
      }
      for (const panel of standing.values()) panel.remove();
    }

    settle(writer) {
      copies.put(this.key, writer, null); // the server has it
    }

    // Put back as if typed upon the state it was typed upon: where somebody has written since, both are shown.
    putBack(writer, copy) {
      for (const name of Object.keys(copy.values)) if (name.endsWith(COUNTER)) this.addRows(name, Number(copy.values[name]));
      const controls = controlsOf(this.form);
      for (const [name, value] of Object.entries(copy.values)) {
        if (controls.has(name) && !name.endsWith(COUNTER)) this.write(controls.get(name), value);
      }
      this.goOnAs(writer, copy);
      this.offerNext();
    }

    // Taking over the tab that wrote it, so that what it had saved without hearing so is not taken for somebody else's.
    goOnAs(writer, copy) {
      const controls = controlsOf(this.form);
      const lost = Object.keys(copy.values).filter((name) => !controls.has(name));
      const was = this.writer;
      this.revision = Math.min(this.revision, copy.revision);
      if (!this.form.querySelector("[data-draft-conflict]")) this.writer = writer;
      this.tellRevision();
      this.typedAt = Date.now();
      this.keep();
      if (this.writer !== writer && !lost.length) copies.put(this.key, writer, null);
      if (this.writer !== was) copies.put(this.key, was, null);
      this.say("saving", "Saving your words");
      this.save();
    }
  }

  // --- Any other form: its words wait in this browser until the server has taken them ------------------------------
  class KeptForm extends CopiedForm {
    constructor(form) {
      const { keep, draftCookie } = form.dataset;
      super(form, `${keep}:${location.pathname}${location.search}`, draftCookie);
      this.status = form.querySelector("[data-draft-status]");
      const again = form.elements.draft_kept.defaultValue; // drawn again by the server, which has not taken it
      this.writer = again || this.writer;
      form.elements.draft_kept.value = this.writer;
      form.addEventListener("input", () => this.typed());
      form.addEventListener("change", () => this.typed());
      form.addEventListener("submit", (event) => this.submitted(event));
      window.addEventListener("pageshow", () => (this.sent = false));
      if (again) this.keep();
      this.offerCopies();
    }

    typed() {
      if (!this.applying) this.keep();
    }

    // Hidden fields say what the page was made from, not what was typed.
    values() {
      const shown = [...controlsOf(this.form)].filter(([, controls]) => controls.some((control) => control.type !== "hidden"));
      return new Map(shown.map(([name, controls]) => [name, valueOf(controls)]));
    }

    // All of it, since what stands on a page drawn again after a mistake is nowhere else.
    keep() {
      this.kept = copies.put(this.key, this.writer, { values: Object.fromEntries(this.values()), at: Date.now() });
    }

    settle(writer) {
      if (this.dirty) this.keep(); // the browser itself has filled it in, and the server has it not
      copies.put(this.key, writer, null);
    }

    putBack(writer, copy) {
      const controls = controlsOf(this.form);
      for (const [name, value] of Object.entries(copy.values)) if (controls.has(name)) this.write(controls.get(name), value);
      this.keep();
      copies.put(this.key, writer, null);
      this.offerNext();
      this.form.querySelector("textarea, input:not([type=hidden]), select")?.focus();
    }

    // Sent only to a portal that answers, for the person whose page it is; else it stays as it stands, and says why.
    async submitted(event) {
      if (this.passing) return;
      event.preventDefault();
      if (this.sent) return; // pressed twice
      this.sent = true;
      this.keep();
      const why = await this.hindrance();
      if (why) {
        this.sent = false;
        this.say(why === "signed-out" ? "failed" : "offline", this.whyNot(why), why === "signed-out");
        this.status.scrollIntoView({ block: "center" });
        return;
      }
      if (this.form.elements.csrfmiddlewaretoken) this.form.elements.csrfmiddlewaretoken.value = this.token();
      this.passing = true;
      this.form.requestSubmit(event.submitter || undefined);
      this.passing = false;
      setTimeout(() => (this.sent = false), 10_000);
    }

    async hindrance() {
      let reply;
      let page;
      try {
        const signal = AbortSignal.timeout(15_000);
        reply = await fetch(location.href, { credentials: "same-origin", redirect: "manual", cache: "no-store", signal, headers: { "X-Draft": "1" } });
        page = await reply.text();
      } catch {
        return navigator.onLine ? "unreachable" : "offline";
      }
      if (reply.type === "opaqueredirect" || reply.status === 401) return "signed-out";
      if (reply.ok && !page.includes(`data-keep="${this.form.dataset.keep}"`)) return "other";
      return ""; // a page that has gone says so itself
    }
  }

  const loaded = new Promise((done) => {
    if (document.readyState === "complete") done();
    else window.addEventListener("load", () => setTimeout(done));
  });
  const isJson = (reply) => (reply.headers.get("Content-Type") || "").includes("json");
  const settledAsChanges = (settled) => Object.fromEntries(Object.entries(settled).map(([name, value]) => [name, { value, by: "" }]));

  function labelOf(control) {
    if (!control) return "";
    const said = (element) => element?.innerText || element?.textContent.trim().replace(/\s+/g, " "); // folded away: no innerText
    const legend = said(control.closest("fieldset")?.querySelector("legend"));
    const label = said(control.labels?.[0]);
    return (["checkbox", "radio"].includes(control.type) ? legend || label : label || legend) || "";
  }

  // --- Every page --------------------------------------------------------------------------------------------------
  const taken = document.cookie.split("; ").find((each) => each.startsWith(`${TAKEN}=`));
  if (taken) {
    for (const key of copies.keys()) copies.put(key, taken.slice(TAKEN.length + 1), null);
    document.cookie = `${TAKEN}=; path=/; max-age=0; samesite=lax`;
  }
  const drafts = [...document.querySelectorAll("form[data-draft-url]")].map((form) => new DraftForm(form));
  const kept = [...document.querySelectorAll("form[data-keep]")].map((form) => new KeptForm(form));
  const within = (time, promise) => Promise.race([promise, new Promise((done) => setTimeout(() => done(false), time))]);

  for (const form of document.querySelectorAll("form[data-sign-out]")) {
    let warned = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const unsaved = drafts.filter((draft) => draft.dirty);
      await Promise.all(unsaved.map((draft) => within(3000, draft.save())));
      const left = [...unsaved, ...kept].filter((each) => each.dirty);
      if (left.length && !warned) {
        warned = true;
        left[0].showNotes(["Your last words could not be saved. If you sign out now they are lost: press “Sign out” again to do so."]);
        left[0].status?.scrollIntoView({ block: "center" });
        return;
      }
      copies.clear();
      copies.allowed = false;
      form.submit();
    });
  }
  if (document.querySelector("[data-signed-out]")) copies.clear();
})();
