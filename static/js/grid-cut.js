// A grid, its neighbours, and what a split or a merger comes to; on a split the line is drawn here and written into the field.
(() => {
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const round = (points) => points.map((one) => one.map((number) => Number(number.toFixed(7))));

  function shown(map, shapes) {
    const look = ({ properties: inside }) => (inside.fault
      ? { color: css("--red-mark"), weight: 2, fillOpacity: 0.4 }
      : { color: css(inside.part === 2 ? "--violet" : "--green-mark"), weight: 2, fillOpacity: 0.25, dashArray: inside.part === 2 ? "5 3" : null });
    return L.geoJSON(shapes, {
      pmIgnore: true,
      style: look,
      onEachFeature: ({ properties: inside }, layer) => {
        if (inside.fault) layer.bindTooltip(inside.label);
        else layer.bindTooltip(shapes.features.filter((one) => one.properties.part).length > 1 ? String(inside.part) : inside.label, { permanent: true, direction: "center", className: "map-label" });
      },
    }).addTo(map);
  }
  function drawing(box, map, field) {
    let own = null;
    const write = () => {
      field.value = own ? JSON.stringify({ type: "LineString", coordinates: round(own.toGeoJSON().geometry.coordinates) }) : "";
      box.dataset.written = String(field.value.length);
    };
    function take(layer) {
      if (own && own !== layer) own.remove();
      own = layer;
      own.setStyle({ color: css("--accent"), weight: 3 });
      own.on("pm:edit pm:dragend pm:vertexremoved", write);
      own.pm.enable();
    }
    function read() {
      let line = null;
      try { line = JSON.parse(field.value); } catch { return; }
      const [layer] = L.geoJSON(line).getLayers();
      if (layer && layer.setStyle && layer.getLatLngs) { layer.addTo(map); take(layer); }
    }
    map.pm.setLang(box.dataset.language);
    map.pm.addControls({ position: "topleft", drawMarker: false, drawCircle: false, drawCircleMarker: false, drawPolygon: false, drawRectangle: false, drawText: false, cutPolygon: false, rotateMode: false });
    box.querySelectorAll("a.leaflet-buttons-control-button").forEach((one) => { one.setAttribute("aria-label", one.closest("[title]")?.title || one.querySelector("[title]")?.title || box.getAttribute("aria-label")); });
    map.on("pm:create", (event) => { take(event.layer); write(); const cut = document.querySelector("input[name=cut][value=line]"); if (cut) cut.checked = true; });
    map.on("pm:remove", (event) => { if (event.layer === own) { own = null; write(); } });
    field.addEventListener("change", read);
    read();
  }
  async function start(box) {
    const map = L.map(box, { zoomSnap: 0.5, maxZoom: 20, zoomAnimation: false, fadeAnimation: false, attributionControl: Boolean(box.dataset.tiles) }).setView([34.7, 117.6], 11);
    if (box.dataset.tiles) L.tileLayer(box.dataset.tiles, { maxZoom: 19 }).addTo(map);
    box.map = map;
    const plan = shown(map, JSON.parse(document.getElementById("cut-shapes").textContent));
    const other = document.querySelector("select[name=other]");
    const answer = await fetch(box.dataset.neighbours, { credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    const found = await answer.json();
    const mine = (one) => one.id === box.dataset.code || (other && one.id === other.value);
    const look = (one) => (mine(one) ? { color: css("--accent"), weight: 2.5, fillOpacity: plan.getLayers().length ? 0 : 0.18 } : { color: css("--ink-3"), weight: 1, fillOpacity: 0.04 });
    const around = L.geoJSON(found, {
      pmIgnore: !box.hasAttribute("data-drawing"),
      filter: (one) => one.properties.kind === "basic" || mine(one),
      style: look,
      onEachFeature: (feature, layer) => {
        layer.options.pmIgnore = true;
        layer.bindTooltip(feature.properties.name);
        if (other) layer.on("click", () => { if ([...other.options].some((one) => one.value === feature.id)) { other.value = feature.id; around.setStyle(look); } });
      },
    }).addTo(map);
    around.bringToBack();
    const fit = () => {
      const chosen = around.getLayers().filter((layer) => mine(layer.feature));
      if (chosen.length) map.fitBounds(L.featureGroup(chosen).getBounds(), { padding: [50, 50] });
    };
    fit();
    if (other) other.addEventListener("change", () => { around.setStyle(look); fit(); });
    if (box.hasAttribute("data-drawing")) drawing(box, map, document.querySelector("[data-line]"));
    box.dataset.ready = "yes";
  }
  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-grid-cut]").forEach((box) => {
    start(box).catch((error) => box.setAttribute("data-fault", error.message));
  }));
})();
