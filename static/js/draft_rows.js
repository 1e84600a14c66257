// Rows of a draft that people take out again; portal.js adds them.
function tell(control) {
  control.dispatchEvent(new Event("input", { bubbles: true }));
  control.dispatchEvent(new Event("change", { bubbles: true }));
}

// A row that is taken out is emptied and hidden: an empty row counts for nothing, and everybody else's rows keep their names.
function takeOut(row) {
  for (const control of row.querySelectorAll("input:not([type=hidden]), input[data-goes-with-row], textarea, select")) {
    if (control.type === "radio" || control.type === "checkbox") control.checked = false;
    else if (control.tagName === "SELECT") control.selectedIndex = 0;
    else control.value = "";
    tell(control);
  }
  const list = row.closest("[data-rows]");
  row.hidden = true;
  (list.querySelector("[data-row]:not([hidden]) input:not([type=hidden])") || list.querySelector("[data-rows-add]")).focus();
}

document.addEventListener("click", (event) => {
  const remove = event.target.closest("[data-row-remove]");
  if (!remove) return;
  event.preventDefault(); // without scripts the button posts the form
  takeOut(remove.closest("[data-row]"));
});
