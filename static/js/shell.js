// The frame: dialogs, toasts, menus that close, filters that apply themselves. Every page works without this file.
(() => {
  const dialog = document.getElementById("dialog");
  const toasts = document.getElementById("toasts");
  const STAYS_MS = 6000;

  // A deed fetched into the dialog opens it; the first control that can be filled in gets the focus.
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id !== "dialog-body") return;
    if (!dialog.open) dialog.showModal();
    const wanted = dialog.querySelector("[aria-invalid=true], [autofocus], .dialog-body :is(input, select, textarea):not([type=hidden])");
    if (wanted) wanted.focus();
  });
  // A deed refused answers with a small error page: whatever asked for it, it is shown in the dialog.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const status = event.detail.xhr.status;
    const told = event.detail.xhr.getResponseHeader("HX-Retarget"); // the answer says itself where it belongs
    const inPlace = told || (event.detail.target.id === "slot" && [409, 412, 422].includes(status));
    if (status >= 400 && event.detail.shouldSwap && !inPlace) event.detail.target = document.getElementById("dialog-body");
  });
  // A page that refreshes itself says once that it lost the server, and takes it back when it is there again.
  let lost = null;
  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, () => { if (!lost || !lost.isConnected) lost = toast(document.body.dataset.lost, "error"); });
  }
  document.addEventListener("htmx:afterOnLoad", () => { if (lost) lost.remove(); });

  function toast(text, kind = "info") {
    const line = document.createElement("li");
    line.className = `toast-line ${kind}`;
    const words = document.createElement("div");
    words.textContent = text;
    const close = document.createElement("button");
    close.type = "button";
    close.dataset.dismiss = "";
    close.setAttribute("aria-label", toasts.dataset.close);
    close.innerHTML = '<i class="ti ti-x" aria-hidden="true"></i>';
    line.append(words, close);
    toasts.append(line);
    fade(line);
    return line;
  }
  // Faults stay until they are closed: somebody may be reading them out on the telephone.
  function fade(line) {
    if (line.matches(".error, .warning")) return;
    setTimeout(() => line.remove(), STAYS_MS);
  }
  toasts.querySelectorAll(".toast-line").forEach(fade);
  // What is offered for a while goes by itself; whoever asks later is told by the server.
  document.querySelectorAll("[data-gone-after]").forEach((one) => setTimeout(() => one.remove(), Number(one.dataset.goneAfter) * 1000));
  document.addEventListener("toast", (event) => toast(event.detail.text || event.detail.value, event.detail.kind));

  document.addEventListener("click", (event) => {
    const dismiss = event.target.closest("[data-dismiss]");
    if (dismiss) dismiss.closest(".toast-line").remove();
    if (event.target.closest("dialog [data-close]")) {
      event.preventDefault();
      dialog.close();
    }
    if (event.target === dialog) dialog.close();
    document.querySelectorAll("details.person[open]").forEach((open) => {
      if (!open.contains(event.target)) open.open = false;
    });
  });

  // Filters apply themselves when something is chosen; words are sent with Enter.
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-auto]");
    if (form && event.target.matches("select, [type=date], [type=checkbox]")) form.requestSubmit();
  });
  // Empty filters would only make the address long.
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-auto]")) return;
    for (const control of event.target.elements) {
      if (control.name && control.value === "") control.disabled = true;
    }
  });
  // A slow line must not turn one click into two cases.
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "post" || event.defaultPrevented) return;
    const button = event.submitter;
    if (button && !button.name) setTimeout(() => { button.disabled = true; }, 0);
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form [disabled]:is(button[type=submit], form[data-auto] *)").forEach((control) => { control.disabled = false; });
  });
})();
