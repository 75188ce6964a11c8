// Says that one is on a case, and shows who else is: <span data-presence="CASE_ID"></span>. Without this file, or with
// the cache away, the place stays empty.
(() => {
  const EVERY_MS = 20000;
  const headers = () => ({ ...JSON.parse(document.body.getAttribute("hx-headers") || "{}"), "Content-Type": "application/x-www-form-urlencoded" });
  const address = (id) => `/cases/${encodeURIComponent(id)}/presence/`;
  const on = new Set();

  async function touch(span) {
    try {
      const answer = await fetch(address(span.dataset.presence), { method: "POST", headers: headers() });
      const said = answer.ok && !answer.redirected ? await answer.text() : "";
      if (span.innerHTML !== said) span.innerHTML = said;
    } catch { span.replaceChildren(); }
  }
  const leave = (id) => { fetch(address(id), { method: "POST", headers: headers(), body: "leave=1", keepalive: true }).catch(() => {}); };

  function look() {
    const spans = [...document.querySelectorAll("[data-presence]")].filter((span) => span.dataset.presence);
    const here = new Set(document.hidden ? [] : spans.map((span) => span.dataset.presence));
    for (const id of on) if (!here.has(id)) { on.delete(id); leave(id); }
    for (const id of here) on.add(id);
    if (!document.hidden) spans.forEach(touch);
  }
  // Another case came onto the page: say so at once; what stayed waits for its turn.
  function changed() {
    const now = [...document.querySelectorAll("[data-presence]")].map((span) => span.dataset.presence).filter(Boolean);
    const empty = [...document.querySelectorAll("[data-presence]:empty")].some((span) => !on.has(span.dataset.presence));
    if (empty || [...on].some((id) => !now.includes(id))) look();
  }
  document.addEventListener("DOMContentLoaded", () => { if (document.querySelector("[data-presence]")) look(); });
  document.addEventListener("htmx:afterSettle", changed);
  document.addEventListener("visibilitychange", look);
  window.addEventListener("pagehide", () => { on.forEach(leave); on.clear(); });
  setInterval(() => { if (!document.hidden) look(); }, EVERY_MS);
})();
