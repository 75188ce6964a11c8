// Drawing the border of a grid: what is drawn on the map is written into the field as GeoJSON, and the other way round.
(() => {
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const DIGITS = 6;
  const round = (points) => (typeof points[0] === "number" ? points.map((one) => Number(one.toFixed(DIGITS))) : points.map(round));

  async function start(box) {
    const field = document.querySelector("[data-boundary]");
    const map = L.map(box, { preferCanvas: false, zoomSnap: 0.5, maxZoom: 20, attributionControl: Boolean(box.dataset.tiles) }).setView([34.7, 117.6], 11);
    if (box.dataset.tiles) L.tileLayer(box.dataset.tiles, { maxZoom: 19 }).addTo(map);
    box.map = map;
    const around = L.geoJSON(null, { pmIgnore: true, interactive: false, renderer: L.canvas(), style: { color: css("--ink-3"), weight: 1, fillOpacity: 0.04 } }).addTo(map);
    let own = null;

    function write() {
      const shape = own ? own.toGeoJSON() : null;
      const geometry = shape && (shape.type === "FeatureCollection" ? shape.features[0]?.geometry : shape.geometry);
      field.value = geometry ? JSON.stringify({ type: geometry.type, coordinates: round(geometry.coordinates) }) : "";
      box.dataset.written = String(field.value.length);
    }
    function take(layer) {
      if (own && own !== layer) own.remove();
      own = layer;
      own.setStyle?.({ color: css("--accent"), weight: 2, fillOpacity: 0.15 });
      own.on("pm:edit pm:dragend pm:cut pm:vertexremoved", write);
    }
    function read() {
      let geometry = null;
      try { geometry = JSON.parse(field.value); } catch { return; }
      try {
        const [layer] = L.geoJSON(geometry).getLayers();
        if (!layer) return;
        layer.addTo(map);
        take(layer);
        map.fitBounds(layer.getBounds(), { padding: [40, 40] });
        layer.pm.enable({ allowSelfIntersection: false });
      } catch { /* the server says what is wrong with it */ }
    }
    map.pm.setLang(box.dataset.language);
    map.pm.addControls({ position: "topleft", drawMarker: false, drawCircle: false, drawCircleMarker: false, drawPolyline: false, drawRectangle: false, drawText: false, cutPolygon: false, rotateMode: false });
    // The library's buttons are pictures: their titles are their names.
    box.querySelectorAll("a.leaflet-buttons-control-button").forEach((one) => { one.setAttribute("aria-label", one.closest("[title]")?.title || one.querySelector("[title]")?.title || box.getAttribute("aria-label")); });
    map.pm.setGlobalOptions({ snappable: true, snapDistance: 12 });
    map.on("pm:create", (event) => { take(event.layer); event.layer.pm.enable({ allowSelfIntersection: false }); write(); });
    map.on("pm:remove", (event) => { if (event.layer === own) { own = null; write(); } });
    field.addEventListener("change", read);
    read();
    const faults = JSON.parse(document.getElementById("fault-shapes").textContent);
    const look = (feature) => ({ color: css(feature.properties.blocking ? "--red-mark" : "--yellow-mark"), weight: 2, fillOpacity: 0.4 });
    L.geoJSON(faults, { pmIgnore: true, style: look, onEachFeature: (feature, layer) => layer.bindTooltip(feature.properties.label) }).addTo(map);
    const answer = await fetch(box.dataset.neighbours, { credentials: "same-origin" });
    if (answer.ok) {
      const found = await answer.json();
      around.addData({ ...found, features: found.features.filter((one) => one.id !== box.dataset.code && one.properties.kind !== "dedicated") });
      if (!own && around.getBounds().isValid()) map.fitBounds(around.getBounds());
    }
    box.dataset.ready = "yes";
  }
  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-grid-edit]").forEach((box) => {
    start(box).catch((error) => box.setAttribute("data-fault", error.message));
  }));
})();
