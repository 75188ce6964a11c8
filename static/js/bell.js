// The bell rests while nobody looks at the page, and looks at once when somebody comes back.
(() => {
  const isBell = (event) => event.detail.elt && event.detail.elt.id === "bell";
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (isBell(event) && document.hidden) event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => {
    const bell = document.getElementById("bell");
    if (bell && !document.hidden) window.htmx.trigger(bell, "look");
  });
})();
