// The last screen says what is still missing, with a way there; the score screen repeats what was counted.
const form = document.querySelector("[data-paper]");
const review = form.querySelector("[data-review]");
const text = review.querySelector("[data-review-text]");
const places = review.querySelector("[data-review-places]");
const facts = form.querySelector("[data-live-facts]");

function isMissing(input) {
  if (input.type === "radio" || input.type === "checkbox") {
    return !form.querySelector(`[name="${CSS.escape(input.name)}"]:checked`);
  }
  return !input.value.trim() || "partly" in input.dataset; // some of a criterion's parts only
}

function missingIn(section) {
  const names = [...section.querySelectorAll("[data-needed]")].filter(isMissing).map((input) => input.name);
  return new Set(names).size;
}

function show() {
  const gaps = [...form.querySelectorAll("[data-section]")].map((section) => [section, missingIn(section)]);
  const found = gaps.filter(([, count]) => count);
  places.replaceChildren(
    ...found.map(([section, count]) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = `#${section.id}`;
      link.dataset.go = section.id;
      link.textContent = `${section.dataset.section}: còn ${count} chỗ`;
      item.append(link);
      return item;
    }),
  );
  form.dataset.missing = found.reduce((sum, [, count]) => sum + count, 0);
  text.textContent = found.length ? "Còn những chỗ chưa ghi:" : "Các mục cần thiết đã đủ. Xem lại rồi nộp.";
  for (const [section, count] of gaps) {
    for (const link of form.querySelectorAll(`.paper-toc [data-go="${section.id}"]`)) link.classList.toggle("done", !count);
  }
}

function showFacts() {
  const value = (name) => form.elements.namedItem(name)?.value ?? "";
  const minutes = (hour) => Number(hour.slice(0, 2)) * 60 + Number(hour.slice(3, 5));
  const said = [];
  if (value("began_at") && value("ended_at")) said.push(`Họp ${minutes(value("ended_at")) - minutes(value("began_at"))} phút`);
  if (value("present_count") && value("obliged_count")) said.push(`có mặt ${value("present_count")}/${value("obliged_count")}`);
  facts.textContent = said.length ? `${said.join(" · ")}.` : "";
}

const refresh = () => (show(), facts && showFacts());
review.hidden = false;
form.addEventListener("input", refresh);
form.addEventListener("change", refresh);
form.addEventListener("draft:filled", refresh);
refresh();
