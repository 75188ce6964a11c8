// Hears which cases changed and says so on the page: `live-change` on <body>, with their ids in detail.cases (none means
// that anything may have changed). One visible page of the browser listens and tells the others. Without the stream, or
// without this file, fragments ask by themselves now and then.
(() => {
  const sign = document.getElementById("live");
  if (!sign) return;
  const words = document.getElementById("live-words");
  const { address, port } = sign.dataset;
  const url = address || (port ? `${location.protocol}//${location.hostname}:${port}/live/` : "");
  // Longer than the throttle of the fragments (3 s), so that none of ours falls into it. A second after the news, because
  // figures are shared for as long; a little apart from each other, so that not all open pages ask in the same instant.
  const PAUSE_MS = 3300, AFTER_MS = 1000, APART_MS = 600, DEAD_MS = 40000, LEAVE_MS = 15000, LONGEST_MS = 30000, TRIES = 3;
  const channel = window.BroadcastChannel ? new BroadcastChannel("live") : null;
  let source = null, mark = "", tries = 0, ended = false, asking = null, letGo = null, deaf = 0, later = 0, away = 0;

  // --- what the page is told -----------------------------------------------------------------------------------------
  let waiting = null, timer = 0, last = 0;
  function tell(cases) {
    waiting = waiting && waiting.length && cases.length ? [...new Set([...waiting, ...cases])] : waiting && !waiting.length ? waiting : cases;
    if (timer) return;
    const pause = Math.max(last + PAUSE_MS - Date.now(), AFTER_MS + Math.random() * APART_MS);
    timer = setTimeout(() => {
      const said = waiting;
      timer = 0; waiting = null; last = Date.now();
      document.body.dispatchEvent(new CustomEvent("live-change", { bubbles: true, detail: { cases: said } }));
    }, pause);
  }
  function show(state) {
    if (sign.dataset.state === state) return;
    sign.dataset.state = state;
    sign.title = words.textContent = sign.dataset[state] || "";
  }
  function spread(message) {
    if (message.cases) remember(message.cases);
    heard(message);
    if (channel) channel.postMessage(message);
  }
  function heard(message) {
    if (message.cases) tell(message.cases);
    if (message.state) show(message.state);
    if (message.ask && source) answer(message.age);
  }
  // To a page that was just drawn: how it stands, and what was told while it was being drawn.
  let told = [];
  function answer(age) {
    channel.postMessage({ state: sign.dataset.state });
    for (const one of told) if (Date.now() - one.at <= age) channel.postMessage({ cases: one.cases });
  }
  function remember(cases) {
    told = [...told.filter((one) => Date.now() - one.at <= LONGEST_MS), { at: Date.now(), cases }];
  }
  if (channel) channel.onmessage = (event) => heard(event.data);

  // --- the one that listens ------------------------------------------------------------------------------------------
  function alive() {
    clearTimeout(deaf);
    deaf = setTimeout(broken, DEAD_MS);
  }
  function open() {
    const query = mark ? `since=${mark}` : `age=${Math.round(performance.now())}`;
    const stream = source = new EventSource(`${url}?${query}`, { withCredentials: true });
    const on = (name, act) => stream.addEventListener(name, (event) => {
      if (stream !== source) return;
      if (event.lastEventId) mark = event.lastEventId;
      alive();
      act(event);
    });
    on("hello", () => { tries = 0; spread({ state: "live" }); });
    on("beat", () => {});
    on("change", (event) => spread({ cases: JSON.parse(event.data).cases }));
    on("reload", () => spread({ cases: [] }));
    on("away", () => spread({ state: "reconnecting" }));
    on("back", () => spread({ state: "live", cases: [] }));
    on("bye", () => { ended = true; stop(); spread({ state: "polling" }); });
    stream.onerror = () => { if (stream === source) broken(); };
    alive();
  }
  function close() {
    clearTimeout(deaf);
    clearTimeout(later);
    if (source) source.close();
    source = null;
  }
  function broken() {
    close();
    tries += 1;
    spread({ state: tries > TRIES ? "polling" : "reconnecting" });
    later = setTimeout(open, Math.min(1000 * 2 ** (tries - 1), LONGEST_MS) * (0.7 + 0.6 * Math.random()));
  }
  function start() {
    if (asking || ended || !url) return;
    asking = new AbortController();
    if (channel) channel.postMessage({ ask: true, age: performance.now() });
    const listen = () => new Promise((done) => { letGo = done; open(); });
    if (navigator.locks) navigator.locks.request("live", { signal: asking.signal }, listen).catch(() => {});
    else listen();
  }
  function stop() {
    if (!asking) return;
    asking.abort();
    asking = null;
    close();
    if (letGo) letGo();
    letGo = null;
  }

  // --- pages that nobody sees rest, and catch up when somebody comes back -------------------------------------------
  document.addEventListener("visibilitychange", () => {
    clearTimeout(away);
    if (document.hidden) away = setTimeout(stop, LEAVE_MS);
    else if (!asking && !ended) { mark = ""; start(); tell([]); }
  });
  window.addEventListener("pagehide", stop);
  window.addEventListener("pageshow", (event) => { if (event.persisted && !document.hidden) { mark = ""; start(); tell([]); } });
  if (!url) show("polling");
  else if (!document.hidden) start();
})();
