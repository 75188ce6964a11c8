// Never lose typing: a form that names a draft is kept on the server while somebody types, and offered when it is opened again.
// Without this file the form works as any other.
(() => {
  const QUIET_MS = 1500;
  const LEFT_OUT = ["file", "password", "hidden", "submit", "button", "reset", "image", "search"];
  const TYPED = "textarea, input:not([type]), input[type=text], input[type=tel], input[type=email], input[type=url]";
  const words = document.getElementById("draft-offer");
  if (!words) return;
  const token = () => JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] || "";
  const address = (form, what = "") => `/desk/drafts/${encodeURIComponent(form.dataset.draft)}/${what}`;
  const controls = (form) => [...form.elements].filter((one) => one.name && !one.disabled && !LEFT_OUT.includes(one.type));
  const cameBack = (form) => "draftTyped" in form.dataset;
  const ticked = (one) => one.type === "checkbox" || one.type === "radio";

  function values(form) {
    const fields = {};
    for (const one of controls(form)) {
      const list = (fields[one.name] ||= []);
      if (one.type === "select-multiple") list.push(...[...one.selectedOptions].map((option) => option.value));
      else if (!ticked(one) || one.checked) list.push(one.value);
    }
    return fields;
  }
  // Only words are lost for good; a list is chosen again in a moment.
  // What came back refused stands in the page as if it had always been there.
  const typed = (form) => [...form.querySelectorAll(TYPED)].some((one) => one.name && one.value.trim() && (cameBack(form) || one.value !== one.defaultValue));

  function fill(form, fields) {
    for (const one of controls(form)) {
      const list = fields[one.name];
      if (!list) continue;
      if (ticked(one)) one.checked = list.includes(one.value);
      else if (one.type === "select-multiple") [...one.options].forEach((option) => { option.selected = list.includes(option.value); });
      else if (list.length) one.value = list[controls(form).filter((other) => other.name === one.name).indexOf(one)] ?? one.value;
      one.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }

  function send(form, state, leaving = false) {
    clearTimeout(state.timer);
    state.timer = 0;
    const body = JSON.stringify({ fields: values(form) });
    if (state.done || body === state.sent || !typed(form)) return;
    state.sent = body;
    state.sending = new AbortController();
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token() };
    fetch(address(form), { method: "POST", headers, body, keepalive: leaving, credentials: "same-origin", signal: state.sending.signal })
      .then((answer) => { if (answer.ok) name(form); else state.sent = ""; })
      .catch(() => { state.sent = ""; });
  }
  // The form says which draft is its own, so that the draft goes when the deed is done.
  function name(form) {
    if (form.querySelector("input[name=_draft]")) return;
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = "_draft";
    field.value = form.dataset.draft;
    form.append(field);
  }

  async function offer(form, state) {
    const answer = await fetch(address(form), { headers: { Accept: "application/json" }, credentials: "same-origin" }).catch(() => null);
    if (!answer || !answer.ok || answer.redirected) return;
    const kept = await answer.json();
    if (!kept.fields || !form.isConnected || JSON.stringify(kept.fields) === JSON.stringify(values(form))) return;
    name(form);
    if (typed(form)) return;  // somebody was faster than the answer: what stands there is newer
    const line = words.content.firstElementChild.cloneNode(true);
    const begun = new Date(kept.begun_at);
    const zone = { timeZone: "Asia/Shanghai", hour12: false };
    const clock = begun.toLocaleTimeString("zh-CN", { ...zone, hour: "2-digit", minute: "2-digit" });
    const day = (moment) => moment.toLocaleDateString("sv-SE", zone);
    line.querySelector("[data-when]").textContent = day(begun) === day(new Date()) ? clock : `${day(begun)} ${clock}`;
    line.querySelector("[data-take-over]").addEventListener("click", () => {
      fill(form, kept.fields);
      line.remove();
      const first = form.querySelector("textarea, input:not([type=hidden])");
      if (first) first.focus();
    });
    line.querySelector("[data-throw-away]").addEventListener("click", () => {
      fetch(address(form, "discard/"), { method: "POST", headers: { "X-CSRFToken": token() }, credentials: "same-origin" });
      state.sent = "";
      line.remove();
    });
    form.prepend(line);
  }

  function watch(form) {
    if (form.draftState) return;
    const state = { timer: 0, sent: "", done: false, sending: null };
    form.draftState = state;
    form.addEventListener("input", () => {
      clearTimeout(state.timer);
      state.timer = setTimeout(() => send(form, state), QUIET_MS);
    });
    form.addEventListener("submit", () => {
      name(form);
      clearTimeout(state.timer);
      if (state.sending) state.sending.abort();  // it must not arrive after the deed
      state.done = true;
    });
    form.addEventListener("htmx:afterRequest", () => { state.done = false; });
    if (cameBack(form)) send(form, state);
    else offer(form, state);
  }
  const all = () => document.querySelectorAll("form[data-draft]").forEach(watch);
  document.addEventListener("htmx:afterSettle", all);
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-draft]").forEach((form) => { if (form.draftState) form.draftState.done = false; }));
  window.addEventListener("pagehide", () => {
    document.querySelectorAll("form[data-draft]").forEach((form) => { if (form.draftState && form.draftState.timer) send(form, form.draftState, true); });
  });
  // A dialog that is closed takes its form away without leaving the page.
  document.addEventListener("close", (event) => {
    event.target.querySelectorAll?.("form[data-draft]").forEach((form) => { if (form.draftState && form.draftState.timer) send(form, form.draftState, true); });
  }, true);
  all();
})();
