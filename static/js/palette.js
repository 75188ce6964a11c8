// Ctrl+K opens it over any page. What is typed is posted, never put into an address; the results are plain links.
(() => {
  const palette = document.getElementById("palette");
  if (!palette) return;
  const words = document.getElementById("palette-words");
  const list = document.getElementById("palette-list");
  const options = () => [...list.querySelectorAll("[role=option]")];

  function open() {
    if (palette.open) return;
    const before = document.querySelector("dialog[open]");
    if (before) before.close();
    palette.showModal();
    words.select();
    window.htmx.trigger(words, "look");
  }
  function choose(option) {
    options().forEach((one) => one.setAttribute("aria-selected", String(one === option)));
    if (!option) return words.removeAttribute("aria-activedescendant");
    words.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }
  function move(step) {
    const all = options();
    const now = all.findIndex((one) => one.getAttribute("aria-selected") === "true");
    if (all.length) choose(all[(now + step + all.length) % all.length]);
  }
  // Enter before the answer is there waits for it: what is opened is what was typed, not what stood there before.
  let waiting = false;
  function enter() {
    waiting = words.value !== words.dataset.answered;
    if (waiting) return;
    const chosen = list.querySelector("[aria-selected=true]");
    if (chosen) chosen.click();
  }

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      if (palette.open) palette.close();
      else open();
    }
  });
  words.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(-1);
    else if (event.key === "Enter") enter();
    else return;
    event.preventDefault();
  });
  words.addEventListener("input", () => { waiting = false; });
  palette.addEventListener("click", (event) => { if (event.target === palette) palette.close(); });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-palette]");
    if (!button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
  list.addEventListener("htmx:afterSwap", () => {
    words.dataset.answered = words.dataset.asked || "";
    choose(options()[0]);
    if (waiting) enter();
  });
  words.addEventListener("htmx:configRequest", () => { words.dataset.asked = words.value; });
})();
