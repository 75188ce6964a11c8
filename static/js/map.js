// Our own boundaries and items on a canvas; a background only where a tile server is configured.
(() => {
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const mark = (name) => css(`--${name}-mark`) || css(`--${name}`) || css("--ink-3");
  const YICHENG = [34.6, 117.5];

  function look(feature) {
    const dedicated = feature.properties.kind === "dedicated";
    const load = feature.properties.colour;
    return { color: css(dedicated ? "--violet" : "--line-strong"), weight: dedicated ? 1.4 : 0.8, fillColor: load ? mark(load) : css("--surface"), fillOpacity: load ? 0.1 + 0.3 * (feature.properties.load ?? 1) : 0.55, dashArray: dedicated ? "4 3" : null };
  }
  // A point's shape says its light as well as its colour does.
  function point(feature, place) {
    const colour = feature.properties.colour || "grey";
    const size = { red: 8, yellow: 7 }[colour] || 5.5;
    return L.circleMarker(place, { radius: size, weight: 2, color: css("--surface"), fillColor: mark(colour), fillOpacity: 1 });
  }
  function card(feature, words) {
    const box = document.createElement("div");
    const title = document.createElement("b");
    title.textContent = feature.properties.label || "";
    box.append(title);
    for (const line of feature.properties.lines || []) {
      const row = document.createElement("div");
      row.textContent = line;
      box.append(row);
    }
    if (feature.properties.href) {
      const link = document.createElement("a");
      link.href = feature.properties.href;
      link.textContent = words.open;
      box.append(link);
    }
    return box;
  }
  async function fetchJson(address) {
    const answer = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin" });
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return answer.json();
  }
  function describe(feature, layer, words) {
    const inside = feature.properties;
    if (inside.label) layer.bindTooltip(inside.label, { sticky: true });
    if (!words.picking && (inside.href || inside.lines)) layer.bindPopup(() => card(feature, words));
  }

  async function start(box) {
    const words = { open: box.dataset.open, picking: Boolean(box.dataset.pickLng) };
    const map = L.map(box, { preferCanvas: true, attributionControl: Boolean(box.dataset.tiles), zoomSnap: 0.5 });
    map.setView(YICHENG, 11);
    if (box.dataset.tiles) L.tileLayer(box.dataset.tiles, { maxZoom: 19 }).addTo(map);
    const options = { renderer: L.canvas({ padding: 0.3 }), onEachFeature: (feature, layer) => describe(feature, layer, words) };
    const cells = L.geoJSON(null, { ...options, style: look }).addTo(map);
    const items = L.geoJSON(null, { ...options, pointToLayer: point }).addTo(map);
    box.map = map;
    box.cells = cells;
    const here = box.dataset.lng ? [Number(box.dataset.lat), Number(box.dataset.lng)] : null;
    if (here) {
      L.circleMarker(here, { radius: 8, weight: 3, color: css("--surface"), fillColor: css("--accent"), fillOpacity: 1 }).addTo(map);
      map.setView(here, 15);
    }
    const refresh = async () => {
      if (!box.dataset.items || document.hidden) return;
      const found = await fetchJson(box.dataset.items);
      items.clearLayers();
      items.addData(found);
      items.bringToFront();
    };
    box.dispatchEvent(new CustomEvent("map-ready", { bubbles: true }));
    if (box.dataset.cells) {
      cells.addData(await fetchJson(box.dataset.cells));
      if (!here && cells.getBounds().isValid()) map.fitBounds(cells.getBounds(), { padding: [8, 8] });
    }
    await refresh();
    if (!here && !box.dataset.cells && items.getBounds().isValid()) map.fitBounds(items.getBounds(), { maxZoom: 15, padding: [24, 24] });
    if (box.dataset.refresh) setInterval(() => { if (box.isConnected) refresh().catch(() => {}); }, Number(box.dataset.refresh) * 1000);
    document.addEventListener("theme-changed", () => cells.setStyle(look));
  }
  const all = () => document.querySelectorAll("[data-map]:not(.leaflet-container)").forEach((box) => {
    start(box).catch((error) => box.setAttribute("data-fault", error.message));
  });
  document.addEventListener("DOMContentLoaded", all);
  document.addEventListener("htmx:afterSettle", all);
})();
