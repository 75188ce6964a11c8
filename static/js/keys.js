// Keys for those who work here all day. Dead while typing, and switched off by the person's own choice.
(() => {
  if (document.body.dataset.keys === "off") return;
  let waiting = "";
  const rows = () => [...document.querySelectorAll("[data-rows] > *")];

  const chosen = (row) => row.hasAttribute("data-here") || row.getAttribute("aria-selected") === "true";

  function move(step) {
    const all = rows();
    if (!all.length) return;
    const next = Math.min(Math.max(all.findIndex(chosen) + step, 0), all.length - 1);
    all.forEach((row, index) => row.toggleAttribute("data-here", index === next));
    // Only a row of a table can be said to be selected; elsewhere the focus itself says where one is.
    all.filter((row) => row.matches("tr")).forEach((row) => row.setAttribute("aria-selected", String(row.hasAttribute("data-here"))));
    all[next].scrollIntoView({ block: "nearest" });
    if (all[next].parentElement.dataset.rows === "focus") all[next].querySelector("a[href]").focus({ preventScroll: true });
  }
  function open() {
    const link = document.querySelector("[data-rows] > :is([aria-selected=true], [data-here]) a[href]");
    if (link) link.click();
  }
  // A box that selects a row is no place to type in.
  const typing = (target) => target.isContentEditable
    || (target.closest("input, textarea, select, dialog[open]") && !target.matches("[data-rows] [type=checkbox]"));

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
    const key = waiting + event.key;
    waiting = "";
    if (key === "j") move(1);
    else if (key === "k") move(-1);
    else if (key === "Enter" && event.target === document.body) open();
    else if (key === "?" && document.getElementById("keys")) document.getElementById("keys").showModal();
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
