// Wakes GOV.UK Frontend's components, the rows of "Add another", and what htmx brings in later.
const script = document.querySelector("script[data-govuk]");

document.body.classList.add("js-enabled", "govuk-frontend-supported");

// On a phone the pages of what is written are a row that scrolls: it shows where one stands. Nothing moves where all fit.
for (const here of document.querySelectorAll(".talk-nav [aria-current]")) {
  const row = here.closest("ul");
  row.scrollLeft += here.getBoundingClientRect().left - row.getBoundingClientRect().left;
}

if (script) {
  const govuk = await import(new URL(script.dataset.govuk, document.baseURI).href);
  govuk.initAll();
  // A swapped-in part holds new components; those awake already are left alone.
  document.body.addEventListener("htmx:load", (event) => {
    if (event.detail.elt !== document.body) govuk.initAll({ scope: event.detail.elt, onError: () => {} });
  });
}

function renumber(rows) {
  const list = [...rows.querySelectorAll("[data-row]")];
  list.forEach((row, index) => {
    const number = row.querySelector("[data-row-number]");
    if (number) number.textContent = String(index + 1);
  });
  return list;
}

function addRow(rows) {
  const prefix = rows.dataset.rows;
  const total = rows.querySelector(`[name="${prefix}-TOTAL_FORMS"]`);
  const limit = Number(rows.querySelector(`[name="${prefix}-MAX_NUM_FORMS"]`)?.value || 1000);
  const index = Number(total.value);
  if (index >= limit) return;
  const fragment = rows.querySelector("[data-rows-template]").content.cloneNode(true);
  for (const element of fragment.querySelectorAll("*")) {
    for (const attribute of [...element.attributes]) {
      if (attribute.value.includes("__prefix__")) attribute.value = attribute.value.replaceAll("__prefix__", String(index));
    }
  }
  const row = fragment.querySelector("[data-row]");
  rows.querySelector("[data-rows-list]").append(fragment);
  total.value = String(index + 1);
  renumber(rows);
  document.body.dispatchEvent(new CustomEvent("portal:row-added", { detail: { row } }));
  row.querySelector("legend")?.focus();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-rows-add]");
  if (!button) return;
  event.preventDefault();
  addRow(button.closest("[data-rows]"));
});
