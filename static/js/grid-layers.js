// How the map of the grids is drawn: outlines from their short form, colours by load or light, clusters, heat.
window.gridLayers = (() => {
  const STEPS = 100000;
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const mark = (name) => css(`--${name}-mark`) || css(`--${name}`) || css("--ink-3");
  const WORST = ["red", "yellow", "blue", "green", "grey"];

  // A ring comes as the first point and the differences from point to point.
  function ring(flat) {
    let x = 0;
    let y = 0;
    const points = new Array(flat.length / 2);
    for (let at = 0; at < flat.length; at += 2) {
      x += flat[at];
      y += flat[at + 1];
      points[at / 2] = [y / STEPS, x / STEPS];
    }
    return points;
  }
  const places = (parts) => parts.map((rings) => rings.map(ring));

  // Read once per drawing: asking the style sheet for every grid would take longer than drawing it.
  function palette() {
    const colours = {};
    for (const name of ["red", "yellow", "green", "blue", "grey", "violet"]) colours[name] = mark(name);
    return { ...colours, line: css("--line-strong"), surface: css("--surface"), ink: css("--ink-2") };
  }
  const SHARE = [0.12, 0.3, 0.52, 0.76];
  // [asked for, open, overdue, soon, light] → how the place is filled.
  function look(kind, load, colour, most, colours) {
    const dedicated = kind === "dedicated";
    const own = { color: dedicated ? colours.violet : colours.ink, opacity: dedicated ? 1 : 0.55, weight: dedicated ? 1.5 : 0.8, dashArray: dedicated ? "4 3" : null, fillColor: colours.surface, fillOpacity: dedicated ? 0.05 : 0.6 };
    if (!load || colour === "none") return own;
    if (colour === "lights") return load[4] === "grey" ? own : { ...own, fillColor: colours[load[4]], fillOpacity: load[4] === "red" ? 0.2 + 0.5 * (load[2] / Math.max(load[1], 1)) : 0.28 };
    const number = colour === "found" ? load[0] : load[1];
    if (!number) return own;
    return { ...own, fillColor: colours.blue, fillOpacity: SHARE[Math.min(3, Math.floor((4 * (number - 1)) / Math.max(most, 1)))] };
  }
  const most = (loads, colour) => Object.values(loads).reduce((found, load) => Math.max(found, colour === "found" ? load[0] : load[1]), 0);

  function clusters() {
    return L.markerClusterGroup({
      maxClusterRadius: 46, showCoverageOnHover: false, chunkedLoading: true, animate: false,
      iconCreateFunction: (cluster) => {
        const lights = cluster.getAllChildMarkers().map((one) => one.options.light);
        const worst = WORST.find((light) => lights.includes(light)) || "grey";
        return L.divIcon({ className: "", html: `<span class="cluster ${worst}">${cluster.getChildCount()}</span>`, iconSize: [34, 34] });
      },
    });
  }
  function card(said, words) {
    const box = document.createElement("div");
    const title = document.createElement("b");
    title.textContent = said.label || "";
    box.append(title);
    for (const line of said.lines || []) {
      const row = document.createElement("div");
      row.className = "figures";
      row.textContent = line;
      box.append(row);
    }
    for (const [href, label] of said.links || [[said.href, words.open]]) {
      if (!href) continue;
      const link = document.createElement("a");
      link.href = href;
      link.textContent = label;
      box.append(link);
    }
    return box;
  }
  function marker(feature, words) {
    const said = feature.properties;
    const light = WORST.includes(said.colour) ? said.colour : "grey";
    const [lng, lat] = feature.geometry.coordinates;
    const icon = L.divIcon({ className: "", html: `<span class="item ${light}"></span>`, iconSize: [14, 14] });
    const point = L.marker([lat, lng], { icon, light, title: said.label, alt: said.label, keyboard: true });
    return point.bindPopup(() => card(said, words));
  }
  function squares(found, renderer, colours) {
    const group = L.layerGroup();
    for (const [west, south, count] of found.squares) {
      const strength = 0.15 + 0.65 * Math.sqrt(count / found.most);
      const box = [[south, west], [south + found.side, west + found.side]];
      L.rectangle(box, { renderer, stroke: false, fillColor: colours.red, fillOpacity: strength, interactive: true }).bindTooltip(String(count)).addTo(group);
    }
    return group;
  }
  return { places, palette, look, most, clusters, marker, squares, card };
})();
