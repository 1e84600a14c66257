// Writing in a conversation: today and yesterday in one press, the reason asked for only when an action is dropped.
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

document.addEventListener("click", (event) => {
  const day = event.target.closest("[data-fills-date]");
  if (day) {
    event.preventDefault();
    fillDate(day);
  }
});

function askForReason(select) {
  const reason = select.closest("fieldset").querySelector("[name$='-reason']").closest(".govuk-form-group");
  reason.hidden = select.value !== "dropped" && !reason.classList.contains("govuk-form-group--error");
}

for (const select of document.querySelectorAll(".talk-carried select[name$='-state']")) {
  askForReason(select);
  select.addEventListener("change", () => askForReason(select));
}
