// Counts the words of each part of the public summary as they are typed. Without it the page shows the count as saved.
for (const line of document.querySelectorAll("[data-counts]")) {
  const box = document.getElementById(line.dataset.counts);
  const words = line.querySelector("[data-words]");
  if (!box || !words) continue;
  box.addEventListener("input", () => {
    const count = box.value.split(/\s+/).filter((each) => /[\p{L}\p{N}]/u.test(each)).length;
    words.textContent = `${count.toLocaleString("en-GB")} ${count === 1 ? "word" : "words"}`;
  });
}
