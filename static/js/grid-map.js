// The map of the grids: drill by click, layers and colours by choice, all of it in the address. Words come by htmx.
(() => {
  const draw = window.gridLayers;
  const state = { shapes: null, loads: {}, byCode: new Map() };

  const params = () => new URLSearchParams(location.search);
  const chosen = (name) => [...document.querySelectorAll(`[form=map-filters][name=${name}]:checked`)].map((one) => one.value);
  const layers = () => new Set(chosen("layers"));
  const colour = () => chosen("colour")[0] || "lights";
  const now = () => document.getElementById("map-state").dataset;

  async function fetchJson(address) {
    // Without headers of its own, so that what the page fetched ahead is taken.
    const answer = await fetch(address, { credentials: "same-origin" });
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return answer.json();
  }
  // The address of data: the filters of the page, the place at hand, and what is drawn of it.
  function address(base, more = {}) {
    const query = params();
    for (const name of ["lng", "lat", "z", "layers", "colour", "cursor", "grids"]) query.delete(name);
    query.delete("place");
    query.set("place", now().place);
    if (chosen("grids").length) query.set("grids", "on");
    for (const [name, value] of Object.entries(more)) query.set(name, value);
    return `${base}?${query}`;
  }

  function start(box) {
    const words = { open: box.dataset.open };
    const map = L.map(box, { preferCanvas: true, zoomSnap: 0.25, attributionControl: Boolean(box.dataset.tiles), zoomAnimation: false, maxZoom: 19 });
    map.setView([34.7, 117.6], 11);
    if (box.dataset.tiles) L.tileLayer(box.dataset.tiles, { maxZoom: 19 }).addTo(map);
    const renderer = L.canvas({ padding: 0.3 });
    const ground = L.featureGroup().addTo(map);
    const labels = L.layerGroup().addTo(map);
    const over = { items: draw.clusters(), heat: L.layerGroup(), findings: L.layerGroup() };
    box.map = map;

    function keepView() {
      const query = params();
      const centre = map.getCenter();
      query.set("lng", centre.lng.toFixed(5));
      query.set("lat", centre.lat.toFixed(5));
      query.set("z", map.getZoom());
      history.replaceState(history.state, "", `?${query}`);
    }
    function fit() {
      const query = params();
      if (query.has("z")) map.setView([Number(query.get("lat")), Number(query.get("lng"))], Number(query.get("z")));
      else if (now().extent) {
        const [west, south, east, north] = now().extent.split(",").map(Number);
        map.fitBounds([[south, west], [north, east]], { padding: [6, 6] });
      }
    }
    function paint() {
      const colours = draw.palette();
      const most = draw.most(state.loads, colour());
      for (const layer of state.byCode.values()) layer.setStyle(draw.look(layer.kind, state.loads[layer.code], colour(), most, colours));
      legend(most);
    }
    function legend(most) {
      document.querySelectorAll("[data-legend]").forEach((one) => { one.hidden = !one.dataset.legend.split(" ").includes(colour()); });
      const scale = document.getElementById("map-scale");
      if (scale) scale.textContent = `1 – ${most}`;
    }
    function said(code, name) {
      const load = state.loads[code] || [0, 0, 0, 0];
      return { label: name, lines: [`${load[1]} ${box.dataset.openLabel} · ${load[2]} ${box.dataset.lateLabel}`] };
    }
    function clicked(event) {
      const { code, name } = event.layer;
      if (code.length < 15) { drill(code); return; }
      const cell = new URLSearchParams({ state: "open", cell: code });
      const links = [[box.dataset.card.replace("000000000000000", code), box.dataset.cardLabel], [`${box.dataset.list}?${cell}`, box.dataset.open]];
      L.popup().setLatLng(event.latlng).setContent(draw.card({ ...said(code, name), links }, words)).openOn(map);
    }
    function pointed(event) {
      document.querySelectorAll("#map-rows tr.pointed").forEach((row) => row.classList.remove("pointed"));
      const row = document.querySelector(`#map-rows tr[data-code="${event.layer.code}"]`);
      if (row) row.classList.add("pointed");
    }
    function outline([code, name, kind, parts], colours, most) {
      const layer = L.polygon(draw.places(parts), { renderer, ...draw.look(kind, state.loads[code], colour(), most, colours) });
      Object.assign(layer, { code, name, kind });
      return layer;
    }
    // One tooltip and one pair of ears for all of them: thousands of each are felt at the first opening.
    ground.on({ click: clicked, mouseover: pointed });
    ground.bindTooltip((layer) => { const one = said(layer.code, layer.name); return `${one.label} · ${one.lines[0]}`; }, { sticky: true });
    function drawShapes() {
      ground.clearLayers();
      labels.clearLayers();
      state.byCode.clear();
      const colours = draw.palette();
      const most = draw.most(state.loads, colour());
      const dedicated = layers().has("dedicated");
      for (const shape of state.shapes.shapes) {
        if (shape[2] === "dedicated" && !dedicated) continue;
        const layer = outline(shape, colours, most).addTo(ground);
        state.byCode.set(shape[0], layer);
        if (state.shapes.digits < 12 || state.shapes.shapes.length <= 30) label(layer, shape);
      }
      legend(most);
    }
    function label(layer, [, name, kind]) {
      if (kind === "dedicated") return;
      L.tooltip({ permanent: true, direction: "center", className: "map-label", interactive: false }).setLatLng(layer.getBounds().getCenter()).setContent(name).addTo(labels);
    }
    // Answers may come in another order than they were asked for: only the newest of each kind is drawn.
    const turns = {};
    function turn(name) {
      const mine = turns[name] = (turns[name] || 0) + 1;
      return () => mine === turns[name];
    }
    async function ask() {
      const newest = turn("ground");
      const [shapes, loads] = await Promise.all([fetchJson(address(box.dataset.shapes)), fetchJson(address(box.dataset.loads))]);
      if (!newest()) return;
      state.shapes = shapes;
      state.loads = loads.loads;
      drawShapes();
      box.dataset.drawn = String(state.byCode.size);
    }
    function extent() {
      const bounds = map.getBounds().pad(0.1);
      const side = 0.0005 * 2 ** Math.max(0, Math.min(12, Math.round(Math.log2((bounds.getEast() - bounds.getWest()) / 40 / 0.0005))));
      const cut = (value, up) => ((up ? Math.ceil(value / side) : Math.floor(value / side)) * side).toFixed(6);
      return { w: cut(bounds.getWest(), false), s: cut(bounds.getSouth(), false), e: cut(bounds.getEast(), true), n: cut(bounds.getNorth(), true), side };
    }
    function show(name, on) {
      if (on && !map.hasLayer(over[name])) over[name].addTo(map);
      if (!on && map.hasLayer(over[name])) over[name].remove();
      return on;
    }
    async function refreshOver() {
      if (document.hidden) return;
      const wanted = layers();
      const note = document.getElementById("map-note");
      note.textContent = "";
      const { side, ...box4 } = extent();
      const work = [];
      const newest = turn("over");
      if (show("items", wanted.has("items"))) work.push(fetchJson(address(box.dataset.items, box4)).then((found) => {
        if (!newest()) return;
        over.items.clearLayers();
        over.items.addLayers(found.features.map((feature) => draw.marker(feature, words)));
        if (found.more) note.textContent = box.dataset.more;
        box.dataset.points = String(found.features.length);
      }));
      if (show("heat", wanted.has("heat"))) work.push(fetchJson(address(box.dataset.heat, { ...box4, side })).then((found) => {
        if (!newest()) return;
        over.heat.clearLayers();
        draw.squares(found, renderer, draw.palette()).addTo(over.heat);
        if (found.more) note.textContent = box.dataset.heatMore;
        box.dataset.squares = String(found.squares.length);
      }));
      if (show("findings", wanted.has("findings") && Boolean(box.dataset.findings))) work.push(fetchJson(address(box.dataset.findings)).then((found) => {
        if (!newest()) return;
        over.findings.clearLayers();
        const colours = draw.palette();
        const look = () => ({ renderer, color: colours.red, weight: 2, dashArray: "2 3", fillColor: colours.red, fillOpacity: 0.25 });
        L.geoJSON(found, { style: look, pointToLayer: (feature, place) => L.circleMarker(place, { ...look(), radius: 7 }), onEachFeature: (feature, layer) => layer.bindPopup(() => draw.card(feature.properties, words)) }).addTo(over.findings);
      }));
      await Promise.all(work);
    }
    function drill(code) {
      const query = params();
      for (const name of ["lng", "lat", "z"]) query.delete(name);
      query.set("place", code);
      window.htmx.ajax("GET", `${box.dataset.page}?${query}`, { target: "#map-words" });
    }
    const fault = (error) => box.setAttribute("data-fault", error.message);
    async function arrive() {
      const newest = turn("arrival");
      document.querySelectorAll("#map-filters [name=place]").forEach((one) => { one.value = now().place; });
      fit();
      await ask();
      await refreshOver();
      if (newest()) box.dataset.ready = now().place;
    }
    // A choice of layers is put into the address at once; what is drawn follows.
    async function choose(event) {
      const control = event.target;
      if (control.getAttribute("form") !== "map-filters" || control.type === "hidden") return;
      const query = params();
      query.delete("layers");
      for (const name of layers()) query.append("layers", name);
      query.set("colour", colour());
      if (chosen("grids").length) query.set("grids", "on"); else query.delete("grids");
      history.replaceState(history.state, "", `?${query}`);
      if (control.name === "grids") await ask();
      else if (control.value === "dedicated") drawShapes(); else if (control.name === "colour") paint();
      await refreshOver();
    }
    let waiting = null;
    map.on("moveend", () => {
      keepView();
      clearTimeout(waiting);
      waiting = setTimeout(() => refreshOver().catch(fault), 250);
    });
    document.addEventListener("change", (event) => { if (event.target.form && event.target.form.id === "map-filters") choose(event).catch(fault); });
    document.addEventListener("htmx:afterSettle", (event) => { if (event.detail.target && event.detail.target.id === "map-words") arrive().catch(fault); });
    document.addEventListener("theme-changed", drawShapes);
    async function again() {
      const asked = turns.ground;
      const found = await fetchJson(address(box.dataset.loads));
      if (asked === turns.ground) { state.loads = found.loads; paint(); }
      await refreshOver();
    }
    // News that come close together are drawn once, and none of them is lost.
    let last = 0, later = 0;
    function heard() {
      clearTimeout(later);
      later = setTimeout(() => { last = Date.now(); again().catch(() => {}); }, Math.max(last + 3000 - Date.now(), 0));
    }
    document.body.addEventListener("live-change", heard);
    setInterval(() => { if (!document.hidden) heard(); }, 30000);
    arrive().catch(fault);
  }
  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-grid-map]").forEach(start));
})();
