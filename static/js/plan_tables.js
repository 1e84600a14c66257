// What the tables of a plan come to, while somebody types: a budget's totals, and minutes a week against the hour.
// smdp/reckoning.py says the same of what was saved.
const HOUR = 60;
const BEFORE_OR_AFTER = /reception|nursery|early years|eyfs|foundation|sixth|post.?16|gcse|a.level|(?:ks|key stage) ?[45]/g;
const STAGE = /(?:ks|key stages?) ?[1-3]/;

function number(words) {
  const digits = words.replace(/[,£]/g, "").trim();
  return /^\d{1,9}$/.test(digits) ? Number(digits) : null;
}

const thousands = (sum) => String(sum).replace(/\B(?=(\d{3})+$)/g, ",");
const pounds = (sum) => `£${thousands(sum)}`;
const count = (many, noun) => `${thousands(many)} ${noun}${many === 1 ? "" : "s"}`;

function isInTheHour(yearGroup) {
  let words = yearGroup.toLowerCase();
  if (STAGE.test(words)) return true;
  const without = words.replace(BEFORE_OR_AFTER, " ");
  if (without !== words && !/\d/.test(without)) return false;
  const numbers = (without.match(/\d{1,2}/g) || []).map(Number);
  return !numbers.length || Math.min(...numbers) <= 9;
}

function againstTheHour(yearGroup, minutes) {
  const said = count(minutes, "minute");
  if (!isInTheHour(yearGroup)) return said;
  const apart = minutes - HOUR;
  if (!apart) return `${said}, the hour`;
  return `${said}, ${thousands(Math.abs(apart))} ${apart < 0 ? "below" : "above"} the hour`;
}

// The words of a row's column: of a choice, the one that is chosen.
function said(row, name) {
  const controls = [...row.querySelectorAll(`[name$="-${name}"]`)];
  const control = controls.find((each) => each.type !== "radio" || each.checked);
  return control ? control.value.trim() : "";
}

function hour(rows) {
  const lines = [];
  for (const row of rows) {
    const label = said(row, "year_group");
    const minutes = number(said(row, "minutes"));
    if (label && minutes !== null) lines.push(`${label}: ${againstTheHour(label, minutes)}`);
  }
  return [lines, ""];
}

function budget(rows) {
  const sums = { in: 0, out: 0 };
  let unclear = 0;
  for (const row of rows) {
    const way = said(row, "way");
    const sum = number(said(row, "amount"));
    if (sum !== null && way in sums) sums[way] += sum;
    else if (said(row, "what") || way || said(row, "amount")) unclear += 1;
  }
  if (!sums.in && !sums.out) return [[], ""];
  const left = sums.in - sums.out;
  const balance = left < 0 ? `${pounds(-left)} more spent than received` : left ? `${pounds(left)} left` : "£0";
  const one = unclear === 1;
  const rest = `${count(unclear, "line")} ${one ? "counts" : "count"} in neither, until ${one ? "it says" : "they say"} how much, and whether it is in or out.`;
  return [[`Received: ${pounds(sums.in)}`, `Spent: ${pounds(sums.out)}`, `Balance: ${balance}`], unclear ? rest : ""];
}

function reckon(place, speaks) {
  const table = document.getElementById(place.dataset.of);
  const rows = table.querySelectorAll("[data-rows-list] [data-row]");
  const [lines, rest] = (place.dataset.reckons === "hour" ? hour : budget)(rows);
  const list = place.querySelector("[data-reckoned-lines]");
  list.replaceChildren(...lines.map((words) => Object.assign(document.createElement("li"), { textContent: words })));
  const note = place.querySelector("[data-reckoned-rest]");
  note.textContent = lines.length ? rest : "Nothing to count yet.";
  note.hidden = lines.length && !rest;
  if (speaks) place.querySelector("[data-reckoned-said]").textContent = lines.join(". ");
}

for (const place of document.querySelectorAll("[data-reckons]")) {
  const table = document.getElementById(place.dataset.of);
  let pause = 0;
  const changed = () => {
    reckon(place, false);
    clearTimeout(pause);
    pause = setTimeout(() => reckon(place, true), 1500); // a screen reader hears it once the typing rests
  };
  table.addEventListener("input", changed);
  table.addEventListener("change", changed);
  reckon(place, false);
}
