// Many boxes to tick: a field above narrows them, and a line says how many are ticked. Without this file all are shown.
(() => {
  const set = (pick) => {
    if (pick.dataset.done) return;
    pick.dataset.done = "1";
    const [search, told] = [pick.querySelector("input[type=search]"), pick.querySelector("[data-picked]")];
    const boxes = [...pick.querySelectorAll("input[type=checkbox]")];
    const line = (box) => box.closest("label").parentElement;
    const tell = () => {
      const chosen = boxes.filter((box) => box.checked).map((box) => box.closest("label").textContent.trim());
      told.textContent = chosen.length ? `${chosen.length} ${told.dataset.one}: ${chosen.join(", ")}` : "";
    };
    search.hidden = false;
    search.addEventListener("input", () => {
      const wanted = search.value.trim().toLowerCase();
      boxes.forEach((box) => { line(box).hidden = !box.checked && !line(box).textContent.toLowerCase().includes(wanted); });
    });
    pick.addEventListener("change", tell);
    tell();
  };
  const look = () => document.querySelectorAll("[data-pick]").forEach(set);
  document.addEventListener("htmx:afterSwap", look);
  look();
})();
