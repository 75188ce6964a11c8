// A suggestion is taken over by a click: the list it belongs to is set. Without this file the click asks for the page anew.
(() => {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-take]");
    const select = link && document.getElementById(link.dataset.take);
    if (!select) return;
    event.preventDefault();
    select.value = link.dataset.value;
    select.dispatchEvent(new Event("change", { bubbles: true }));
    select.focus();
  });
})();
