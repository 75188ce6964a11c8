// The dispatch desk: what is selected stays so, the focus stays usable, half a minute to undo. All of it works without this file, with more pages.
(() => {
  const desk = document.getElementById("desk");
  if (!desk) return;
  const list = document.getElementById("desk-list");
  const undo = document.getElementById("desk-undo");
  const counter = desk.querySelector("[data-picked]");
  const picked = new Set();
  const boxes = () => [...list.querySelectorAll("input[name=case]")];
  const rowOf = (id) => list.querySelector(`[data-case="${CSS.escape(id)}"]`);
  const here = () => (document.getElementById("desk-here") || {}).value || "";

  function count() {
    counter.textContent = picked.size ? `${counter.dataset.some} ${picked.size}` : "";
  }
  function remember() {
    boxes().forEach((box) => (box.checked ? picked.add(box.value) : picked.delete(box.value)));
    count();
  }
  function markHere(id) {
    list.querySelectorAll("[data-rows] > *").forEach((row) => row.toggleAttribute("data-here", row.dataset.case === id));
  }
  // Whoever works with keys goes on from the row that is marked: the focus and the mark are never apart.
  function focusRow() {
    const row = list.querySelector("[data-here]") || rowOf(here());
    const link = row && row.querySelector("a[href]");
    if (!link) return;
    link.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }
  function opened(row) {
    if (!row) return;
    row.classList.remove("unread");
    row.querySelectorAll(".dot").forEach((dot) => dot.remove());
  }
  function lost() {
    const now = document.activeElement;
    return !now || now === document.body || !now.isConnected || now.matches("[data-rows] a[href]");
  }

  function fade() {
    const line = undo.querySelector("[data-fades]");
    if (!line) return;
    setTimeout(() => line.remove(), Number(line.dataset.fades) * 1000);
  }
  function closeSlot() {
    const slot = document.getElementById("slot");
    if (!slot || !slot.firstElementChild) return false;
    slot.replaceChildren();
    focusRow();
    return true;
  }

  list.addEventListener("change", (event) => { if (event.target.matches("input[name=case]")) remember(); });
  // A list that is drawn anew keeps its place: how far it was scrolled, and the row that the keys had come to.
  let place = 0, cursor = "";
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { target, shouldSwap, requestConfig } = event.detail;
    // What is about to go is not drawn once more, and the form that was sent is not taken down option by option: its long
    // lists would cost more than the case that takes its place. A form that was not sent is still to be kept as a draft.
    if (target.id === "desk-pane" && shouldSwap) {
      [...target.children].forEach((old) => { old.hidden = true; });
      if (requestConfig.verb !== "get") requestConfig.elt.querySelectorAll("select").forEach((long) => long.replaceChildren());
    }
    if (target !== list) return;
    const row = list.querySelector("[data-here]");
    place = list.scrollTop;
    cursor = row ? row.dataset.case : "";
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const target = event.detail.target;
    if (target === list) {
      boxes().forEach((box) => { box.checked = picked.has(box.value); });
      list.scrollTop = place;
      markHere(rowOf(cursor) ? cursor : here());
      count();
      if (lost()) focusRow();
    } else if (target.id === "desk-pane") {
      markHere(here());
      opened(rowOf(here()));
      target.scrollTop = 0;
      if (!window.matchMedia("(min-width: 1081px)").matches) window.scrollTo(0, 0);
      if (lost()) focusRow();
    } else if (target.id === "slot") {
      const wanted = target.querySelector("[aria-invalid=true], [autofocus], .dialog-body :is(input, select, textarea):not([type=hidden])");
      if (wanted) wanted.focus();
    }
  });
  document.addEventListener("htmx:oobAfterSwap", (event) => { if (event.detail.target.id === "desk-undo") fade(); });

  // One thing at a time at the right: a deed that is sent stops a case that is still on its way, and a case that is asked
  // for while a deed is on its way waits for what became of it. Otherwise the slower answer would take the other's place.
  let coming = null, sent = null, wanted = null;
  document.addEventListener("htmx:beforeRequest", (event) => {
    const { elt, xhr, target, requestConfig } = event.detail;
    if (requestConfig.verb !== "get") {
      if (!elt.closest("#desk, #desk-undo")) return;
      if (coming) coming.abort();
      sent = xhr;
      // The answer is taken where the form stands: one that was closed meanwhile gets a place until then.
      xhr.addEventListener("readystatechange", () => { if (xhr.readyState === 4 && !elt.isConnected) { elt.hidden = true; desk.append(elt); } });
      xhr.addEventListener("loadend", () => {
        if (elt.parentElement === desk) elt.remove();
        if (sent === xhr) { sent = null; openWanted(); }
      });
    } else if (target.id === "desk-pane") {
      wanted = sent ? elt : null;
      if (sent) event.preventDefault();
      else {
        if (coming) coming.abort();
        coming = xhr;
        xhr.addEventListener("loadend", () => { if (coming === xhr) coming = null; });
      }
    }
  });
  function openWanted() {
    const row = wanted && (wanted.isConnected ? wanted : rowOf((wanted.closest("[data-case]") || { dataset: {} }).dataset.case || ""));
    wanted = null;
    if (row) (row.matches("a") ? row : row.querySelector("a[href]")).click();
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("#slot [data-close], [data-close-slot]")) {
      event.preventDefault();
      closeSlot();
    } else if (event.target.closest("[data-select]")) {
      const row = list.querySelector("[data-here]");
      const box = row && row.querySelector("input[name=case]");
      if (!box) return;
      box.checked = !box.checked;
      remember();
    } else if (event.target.closest("[data-sheet]")) document.getElementById("keys").showModal();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !document.querySelector("dialog[open]")) closeSlot();
  });
  remember();
  fade();
})();
