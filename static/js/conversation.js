// Writing in a conversation: today and yesterday in one press, rows taken out, the reason asked for only when an action is dropped.
function tell(control) {
  control.dispatchEvent(new Event("input", { bubbles: true }));
  control.dispatchEvent(new Event("change", { bubbles: true }));
}

function fillDate(button) {
  const [year, month, day] = button.value.split("-");
  [day, month, year].forEach((text, box) => {
    const input = document.querySelector(`[name="${button.dataset.fillsDate}_${box}"]`);
    input.value = String(Number(text));
    tell(input);
  });
}

// A row that is taken out is emptied and hidden: an empty row counts for nothing, and everybody else's rows keep their names.
function takeOut(row) {
  for (const control of row.querySelectorAll("input:not([type=hidden]), textarea, select")) {
    if (control.type === "radio" || control.type === "checkbox") control.checked = false;
    else if (control.tagName === "SELECT") control.selectedIndex = 0;
    else control.value = "";
    tell(control);
  }
  const list = row.closest("[data-rows]");
  row.hidden = true;
  (list.querySelector("[data-row]:not([hidden]) input:not([type=hidden])") || list.querySelector("[data-rows-add]")).focus();
}

function wake(scope) {
  for (const button of scope.querySelectorAll("[data-row-remove]")) button.hidden = false;
}

document.addEventListener("click", (event) => {
  const day = event.target.closest("[data-fills-date]");
  const remove = event.target.closest("[data-row-remove]");
  if (day) {
    event.preventDefault();
    fillDate(day);
  }
  if (remove) takeOut(remove.closest("[data-row]"));
});

document.body.addEventListener("portal:row-added", (event) => wake(event.detail.row));

function askForReason(select) {
  const reason = select.closest("fieldset").querySelector("[name$='-reason']").closest(".govuk-form-group");
  reason.hidden = select.value !== "dropped" && !reason.classList.contains("govuk-form-group--error");
}

for (const select of document.querySelectorAll(".talk-carried select[name$='-state']")) {
  askForReason(select);
  select.addEventListener("change", () => askForReason(select));
}

wake(document);
