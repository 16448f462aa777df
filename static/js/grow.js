// <textarea data-grow>: as high as its text, so that a phone does not scroll inside a scroll.
const grow = (area) => {
  if (!area.offsetParent) return;
  area.style.height = "auto";
  area.style.height = `${Math.max(area.scrollHeight + 2, 96)}px`;
};

document.addEventListener("input", ({ target }) => target.matches?.("textarea[data-grow]") && grow(target));
const all = () => document.querySelectorAll("textarea[data-grow]").forEach(grow);
document.addEventListener("section:shown", all);
document.addEventListener("draft:filled", all);
all();
