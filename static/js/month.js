// table.month: the arrows go from the day one stands on to the next that has something, to the side along the month,
// up and down along its weekday; Home and End to the first and the last. Tab goes on through every line, as anywhere.
const table = document.querySelector("table.month");
const days = table ? [...table.querySelectorAll("td")].filter((day) => day.querySelector("a")) : [];
const same = (here) => days.filter((day) => day.cellIndex === here.cellIndex);
const beside = (all, here, by) => all[all.indexOf(here) + by];

const moves = {
  ArrowLeft: (here) => beside(days, here, -1),
  ArrowRight: (here) => beside(days, here, 1),
  ArrowUp: (here) => beside(same(here), here, -1),
  ArrowDown: (here) => beside(same(here), here, 1),
  Home: () => days[0],
  End: () => days.at(-1),
};

table?.addEventListener("keydown", (event) => {
  const here = event.target.closest("td");
  if (!here || !moves[event.key] || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  event.preventDefault();
  moves[event.key](here)?.querySelector("a").focus();
});
