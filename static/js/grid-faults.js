// The faults of a file on the map and in the table: whichever is chosen in one place is shown in the other.
(() => {
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const VERDICTS = { new: "--green-mark", changed: "--blue-mark", same: "--ink-3", faulty: "--red-mark" };
  const key = (row, mark) => (mark === undefined ? String(row) : `${row}/${mark}`);

  function start(box) {
    const map = L.map(box, { zoomSnap: 0.5, maxZoom: 20, attributionControl: Boolean(box.dataset.tiles), zoomAnimation: false, fadeAnimation: false }).setView([34.7, 117.6], 11);
    if (box.dataset.tiles) L.tileLayer(box.dataset.tiles, { maxZoom: 19 }).addTo(map);
    box.map = map;
    const canvas = L.canvas({ padding: 0.3 });
    const drawn = new Map();
    const said = document.querySelector("[data-fault-said]");
    let chosen = null;
    let stops = [];

    const isFault = (inside) => inside.mark !== undefined;
    function look(feature) {
      const inside = feature.properties;
      if (isFault(inside)) {
        const colour = css(inside.blocking ? "--red-mark" : "--yellow-mark");
        return { color: colour, weight: 2, fillColor: colour, fillOpacity: 0.45, dashArray: inside.blocking ? null : "4 3" };
      }
      const colour = css(VERDICTS[inside.verdict]);
      return { color: colour, weight: 1.2, fillColor: colour, fillOpacity: 0.1 };
    }
    const bounds = (layer) => (layer.getBounds ? layer.getBounds() : L.latLngBounds([layer.getLatLng()]));
    function popup(feature) {
      const inside = feature.properties;
      const part = document.createElement("div");
      part.append(Object.assign(document.createElement("b"), { textContent: inside.label }));
      const link = Object.assign(document.createElement("a"), { href: `#line-${inside.row}`, textContent: box.dataset.toRow });
      link.addEventListener("click", (event) => { event.preventDefault(); toRow(inside.row, inside.mark); });
      part.append(link);
      return part;
    }
    function toRow(row, mark) {
      const line = document.getElementById(`line-${row}`);
      const link = line && (line.querySelector(`[data-mark="${mark}"]`) || line.querySelector("[data-pick]"));
      if (!line) return;
      line.scrollIntoView({ block: "nearest" });
      (link || line).focus({ preventScroll: false });
    }
    function point(row, mark) {
      document.querySelectorAll("#lines tr.pointed").forEach((one) => one.classList.remove("pointed"));
      document.querySelectorAll("#lines [aria-current]").forEach((one) => one.removeAttribute("aria-current"));
      const line = document.getElementById(`line-${row}`);
      if (!line) return;
      line.classList.add("pointed");
      const link = (mark !== undefined && line.querySelector(`[data-mark="${mark}"]`)) || line.querySelector("[data-pick]");
      if (link) link.setAttribute("aria-current", "true");
      const list = line.closest(".gridmap-rows");
      if (list && list.scrollHeight > list.clientHeight) list.scrollTop = line.offsetTop - list.clientHeight / 3;
    }
    function choose(row, mark, { from } = {}) {
      const layer = drawn.get(key(row, mark)) || drawn.get(key(row));
      if (!layer) return;
      if (chosen) chosen.setStyle(look(chosen.feature));
      chosen = layer;
      layer.setStyle({ weight: 4, color: css("--accent") });
      layer.bringToFront();
      point(row, mark);
      if (from !== "map") {
        map.fitBounds(bounds(layer), { maxZoom: 18, padding: [60, 60] });
        layer.openPopup();
      }
      said.textContent = layer.feature.properties.label;
      box.dataset.chosen = key(row, mark);
      const query = new URLSearchParams(location.search);
      query.set("row", row);
      history.replaceState(history.state, "", `?${query}`);
    }
    // A fault on the map is a button: Tab reaches it, Enter chooses it.
    function reachable(feature, layer) {
      const path = layer.getElement && layer.getElement();
      if (!path) return;
      for (const [name, value] of Object.entries({ tabindex: "0", role: "button", "aria-label": feature.properties.label })) path.setAttribute(name, value);
      path.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        choose(feature.properties.row, feature.properties.mark);
      });
    }
    function add(features, options) {
      return L.geoJSON({ type: "FeatureCollection", features }, {
        style: look,
        pointToLayer: (feature, place) => L.circleMarker(place, { ...look(feature), radius: 8 }),
        onEachFeature: (feature, layer) => {
          const { row, mark } = feature.properties;
          drawn.set(key(row, mark), layer);
          layer.bindPopup(() => popup(feature));
          layer.on("click", () => choose(row, mark, { from: "map" }));
          layer.on("add", () => { if (isFault(feature.properties)) reachable(feature, layer); });
        },
        ...options,
      }).addTo(map);
    }
    function step(by) {
      if (!stops.length) return;
      const at = stops.findIndex(([row, mark]) => key(row, mark) === box.dataset.chosen);
      const [row, mark] = stops[(at + by + stops.length) % stops.length] || stops[0];
      choose(row, mark);
    }
    async function fetchJson(address) {
      const answer = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin" });
      if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
      return answer.json();
    }
    async function draw() {
      if (box.dataset.neighbours) {
        const around = await fetchJson(box.dataset.neighbours);
        L.geoJSON(around, { renderer: canvas, interactive: false, filter: (one) => one.properties.kind === "basic", style: { color: css("--ink-3"), weight: 0.8, fillOpacity: 0.03 } }).addTo(map);
      }
      const { features } = await fetchJson(box.dataset.shapes);
      const borders = add(features.filter((one) => !isFault(one.properties)), { renderer: canvas });
      add(features.filter((one) => isFault(one.properties)));
      stops = [...document.querySelectorAll("#lines [data-mark]")].map((one) => [Number(one.dataset.pick), Number(one.dataset.mark)]);
      const steps = document.querySelector("[data-fault-steps]");
      steps.hidden = stops.length === 0;
      steps.addEventListener("click", (event) => { const one = event.target.closest("[data-step]"); if (one) step(Number(one.dataset.step)); });
      if (borders.getBounds().isValid()) map.fitBounds(borders.getBounds(), { padding: [20, 20] });
      const asked = new URLSearchParams(location.search).get("row");
      if (asked !== null && drawn.has(asked)) choose(Number(asked), stops.find(([row]) => row === Number(asked))?.[1]);
      box.dataset.ready = String(features.length);
    }
    document.getElementById("lines").addEventListener("click", (event) => {
      const link = event.target.closest("[data-pick]");
      if (!link) return;
      event.preventDefault();
      choose(Number(link.dataset.pick), link.dataset.mark === undefined ? undefined : Number(link.dataset.mark));
      if (box.getBoundingClientRect().bottom < 60 || box.getBoundingClientRect().top > innerHeight - 60) box.scrollIntoView({ block: "center" });
    });
    document.addEventListener("theme-changed", () => drawn.forEach((layer) => layer.setStyle(look(layer.feature))));
    draw().catch((error) => box.setAttribute("data-fault", error.message));
  }
  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-grid-faults]").forEach(start));
})();
