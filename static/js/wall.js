// Scenes in turn, with a bar that says how long: stopped by key or touch, by an emergency, and for whoever wants no motion.
(() => {
  const wall = document.getElementById("wall");
  if (!wall) return;
  const bar = document.getElementById("wall-progress");
  const scroller = document.getElementById("wall-scroller");
  const pause = wall.querySelector("[data-wall=pause]");
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  const wide = window.matchMedia("(min-width: 1100px)");
  const TOUCHED_MS = 120000;
  const ROW_MS = 2500;
  let turning = null;
  let held = false;
  let alarm = "";
  let touched = null;

  const buttons = () => [...wall.querySelectorAll("#wall-scenes [data-scene]")];
  const scenes = () => buttons().map((one) => one.dataset.scene);

  function show(scene) {
    wall.dataset.scene = scenes().includes(scene) ? scene : scenes()[0];
    mark();
    turn();
  }
  const mark = () => buttons().forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.scene === wall.dataset.scene)));
  function step(by) {
    const all = scenes();
    show(all[(all.indexOf(wall.dataset.scene) + by + all.length) % all.length]);
  }
  // The bar is the clock: when it is full, the next scene comes.
  function turn() {
    if (turning) turning.cancel();
    turning = null;
    if (still.matches || !wide.matches || wall.dataset.scene === "emergency" || scenes().length < 2) return;
    turning = bar.animate([{ transform: "scaleX(0)" }, { transform: "scaleX(1)" }], { duration: Number(wall.dataset.turn) * 1000, id: "turn" });
    turning.onfinish = () => step(1);
    if (held) turning.pause();
  }
  function hold(wanted) {
    clearTimeout(touched);
    held = wanted;
    wall.classList.toggle("held", held);
    pause.setAttribute("aria-pressed", String(held));
    pause.querySelector("i").className = held ? "ti ti-player-play" : "ti ti-player-pause";
    if (turning) turning[held ? "pause" : "play"]();
  }
  // A hand on the screen stops it; two minutes later it goes on by itself.
  wall.addEventListener("pointerdown", (event) => {
    if (event.target.closest("button, a")) return;
    hold(true);
    touched = setTimeout(() => hold(false), TOUCHED_MS);
  });
  wall.addEventListener("click", (event) => {
    const scene = event.target.closest("#wall-scenes [data-scene]");
    const tool = event.target.closest("[data-wall]");
    if (scene) show(scene.dataset.scene);
    if (tool && tool.dataset.wall === "pause") hold(!held);
    if (tool && tool.dataset.wall === "full") full();
  });
  function full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else wall.requestFullscreen().catch(() => {});
  }
  const keys = { " ": () => hold(!held), ArrowRight: () => step(1), ArrowLeft: () => step(-1), f: full };
  document.addEventListener("keydown", (event) => {
    if (document.body.dataset.keys === "off" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, dialog[open], .leaflet-container")) return;
    if (event.key === " " && event.target.closest("button, a")) return;
    const deed = keys[event.key];
    if (!deed) return;
    event.preventDefault();
    deed();
  });

  // What is new is drawn by htmx; an emergency takes the screen once, and gives it back when it is over.
  function fresh() {
    const shown = document.querySelector("#wall-alarm");
    const now = shown ? shown.dataset.case : "";
    if (now !== alarm) {
      alarm = now;
      show(now ? "emergency" : scenes()[0]);
    } else if (!wall.dataset.scene || !scenes().includes(wall.dataset.scene)) show(scenes()[0]);
    else mark();
    document.dispatchEvent(new CustomEvent("wall-fresh"));
  }
  // A session that has ended answers with the page to sign in, which is no part of this one.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target.id !== "wall-tiles" || event.detail.xhr.responseText.includes('id="wall-tiles"')) return;
    event.detail.shouldSwap = false;
    if (event.detail.xhr.status === 200) window.location.reload();
  });
  document.addEventListener("htmx:afterSettle", (event) => { if (event.detail.target.id === "wall-tiles" || event.detail.elt.id === "wall-tiles") fresh(); });
  still.addEventListener("change", turn);
  wide.addEventListener("change", turn);

  setInterval(() => {
    if (held || still.matches || !wide.matches || document.hidden) return;
    const row = scroller.querySelector("li");
    const end = scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 2;
    if (row) scroller.scrollTo({ top: end ? 0 : scroller.scrollTop + row.offsetHeight, behavior: "smooth" });
  }, ROW_MS);
  const time = document.getElementById("wall-clock");
  setInterval(() => {
    const now = new Date();
    time.textContent = now.toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Shanghai" });
  }, 5000);
  fresh();
})();
