// Keys for those who work here all day. Dead while typing, and switched off by the person's own choice.
(() => {
  if (document.body.dataset.keys === "off") return;
  let waiting = "";
  const rows = () => [...document.querySelectorAll("[data-rows] > *")];

  function move(step) {
    const all = rows();
    if (!all.length) return;
    const now = all.findIndex((row) => row.getAttribute("aria-selected") === "true");
    const next = Math.min(Math.max(now + step, 0), all.length - 1);
    all.forEach((row, index) => row.toggleAttribute("data-here", index === next));
    all.forEach((row, index) => row.setAttribute("aria-selected", String(index === next)));
    all[next].scrollIntoView({ block: "nearest" });
  }
  function open() {
    const link = document.querySelector("[data-rows] > [aria-selected=true] a[href]");
    if (link) link.click();
  }
  const typing = (target) => target.isContentEditable || target.closest("input, textarea, select, dialog[open]");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
    const key = waiting + event.key;
    waiting = "";
    if (key === "j") move(1);
    else if (key === "k") move(-1);
    else if (key === "Enter" && event.target === document.body) open();
    else if (key === "?") document.getElementById("keys").showModal();
    else if (key === "g") waiting = "g";
    else if (key === "gh") window.location.assign("/");
    else if (key === "/") {
      const search = document.querySelector("[name=q]");
      if (search) {
        event.preventDefault();
        search.focus();
        search.select();
      }
    } else {
      const deed = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
      if (deed) deed.click();
    }
  });
})();
