// The map of the big screen: grids by what is open in them, live items, and the place of an emergency.
(() => {
  const box = document.getElementById("wall-map");
  if (!box || !window.L) return;
  const css = (name) => getComputedStyle(box).getPropertyValue(name).trim();
  const mark = (name) => css(`--${name}-mark`) || css(`--${name}`) || css("--ink-3");
  const map = L.map(box, { preferCanvas: true, zoomControl: false, attributionControl: Boolean(box.dataset.tiles), zoomSnap: 0.25 });
  map.setView([34.6, 117.5], 11);
  if (box.dataset.tiles) L.tileLayer(box.dataset.tiles, { maxZoom: 19 }).addTo(map);
  let loads = {};
  let centred = "";

  const look = (feature) => {
    const load = loads[feature.properties.code];
    return { color: css("--line-strong"), weight: 1, fillColor: load ? mark(load.colour) : css("--surface"), fillOpacity: load ? 0.2 + 0.45 * load.load : 0.7 };
  };
  const said = (layer) => {
    const { code, name } = layer.feature.properties;
    return loads[code] ? `${name} · ${loads[code].said}` : name;
  };
  const cells = L.geoJSON(null, {
    renderer: L.canvas({ padding: 0.3 }),
    style: look,
    onEachFeature: (feature, layer) => {
      layer.bindTooltip(said, { sticky: true });
      layer.on("click", () => window.location.assign(`${box.dataset.cell}${feature.properties.code}`));
    },
  }).addTo(map);
  const points = L.layerGroup().addTo(map);
  const alarm = L.layerGroup().addTo(map);

  async function fetchJson(address) {
    const answer = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin" });
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return answer.json();
  }
  async function refresh() {
    const found = await fetchJson(box.dataset.items);
    loads = found.loads;
    cells.setStyle(look);
    points.clearLayers();
    const unit = Math.max(box.clientHeight / 520, 1);
    for (const [lng, lat, light, number, href] of found.points) {
      const size = ({ red: 7, yellow: 6 }[light] || 4.5) * unit;
      const point = L.circleMarker([lat, lng], { radius: size, weight: 1.5, color: css("--canvas"), fillColor: mark(light), fillOpacity: 1 });
      point.bindTooltip(number).on("click", () => window.location.assign(href));
      points.addLayer(point);
    }
  }
  const whole = () => {
    if (cells.getBounds().isValid()) map.fitBounds(cells.getBounds(), { padding: [10, 10], animate: false });
  };
  // The place of an emergency is drawn with two rings and stands in the middle, until the case is no longer shown.
  function centre() {
    const shown = document.querySelector("#wall-alarm[data-lng]");
    const key = shown ? shown.dataset.case : "";
    if (key === centred) return;
    centred = key;
    alarm.clearLayers();
    if (!shown) return whole();
    const place = [Number(shown.dataset.lat), Number(shown.dataset.lng)];
    for (const radius of [12, 26]) alarm.addLayer(L.circleMarker(place, { radius, weight: 4, color: mark("red"), fill: radius < 20, fillOpacity: 0.5, interactive: false }));
    map.setView(place, 15, { animate: false });
  }
  document.addEventListener("wall-fresh", () => { centre(); refresh().catch(() => {}); });
  fetchJson(box.dataset.cells).then((found) => {
    cells.addData(found);
    whole();
    centred = "";
    centre();
    return refresh();
  }).then(() => { box.dataset.ready = "1"; }).catch((error) => { box.dataset.fault = error.message; });
  new ResizeObserver(() => map.invalidateSize()).observe(box);
})();
