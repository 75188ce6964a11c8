// What is wrong with a page for those who see it on a telephone, hear it, or go through it by the keyboard. Found in the
// page as the browser has it, after htmx and scripts have done their part. `only` leaves out what no form changes.
(only) => {
  const found = [];
  const shown = (one) => one.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true });
  const short = (one) => `<${one.tagName.toLowerCase()} class="${one.getAttribute("class") || ""}"> ${(one.innerText || "").trim().slice(0, 40)}`;
  const wide = document.documentElement.scrollWidth - window.innerWidth;
  if (wide > 1) {
    const far = [...document.body.querySelectorAll("*")].filter((one) => shown(one) && one.getBoundingClientRect().right > window.innerWidth + 1);
    found.push(`${wide} px too wide: ${far.slice(-3).map(short).join(" | ")}`);
  }

  // --- what stands in the page ---------------------------------------------------------------------------------------
  const name = (one) => (one.getAttribute("aria-label") || one.innerText || one.title || "").trim()
    || [...one.querySelectorAll("img")].map((picture) => picture.alt).join("").trim();
  function words() {
    if (!document.documentElement.lang) found.push("no language");
    if ([...document.querySelectorAll("h1")].filter(shown).length !== 1) found.push("not one heading of the page");
    const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
    for (const id of new Set(ids.filter((one, at) => ids.indexOf(one) !== at))) found.push(`id twice: ${id}`);
    for (const one of document.querySelectorAll("input:not([type=hidden]), select, textarea"))
      if (shown(one) && !one.labels.length && !one.getAttribute("aria-label")) found.push(`no label: ${one.name}`);
    for (const one of document.querySelectorAll("a[href], button"))
      if (shown(one) && !name(one)) found.push(`no name: ${one.outerHTML.slice(0, 80)}`);
    for (const one of document.querySelectorAll("img:not([alt]), svg[role=img]:not([aria-label]):not([aria-labelledby])"))
      if (shown(one)) found.push(`no words for a picture: ${one.outerHTML.slice(0, 80)}`);
    for (const one of document.querySelectorAll("[aria-describedby], [aria-labelledby]"))
      for (const id of ["aria-describedby", "aria-labelledby"].flatMap((it) => (one.getAttribute(it) || "").split(" ")))
        if (id && shown(one) && !document.getElementById(id)) found.push(`nothing is called ${id}`);
  }

  // --- text that is cut off, or runs out of what it stands in --------------------------------------------------------
  const styles = new Map();
  const style = (one) => styles.get(one) || styles.set(one, getComputedStyle(one)).get(one);
  const hides = (flow) => flow === "hidden" || flow === "clip";
  const scrolls = (flow) => flow === "auto" || flow === "scroll";
  // Shortened on purpose: three points, and the whole of it where the pointer rests or behind the link.
  const told = (one) => (style(one).textOverflow === "ellipsis" || style(one).webkitLineClamp !== "none")
    && (one.closest("[title], a[href]") || one.querySelector("[title], a[href]"));
  function cut(node, box, size) {
    for (let up = node.parentElement; up && up !== document.body; up = up.parentElement) {
      const { overflowX, overflowY, clipPath, position } = style(up);
      if (clipPath !== "none" || up.closest(".leaflet-container")) return null;
      const frame = up.getBoundingClientRect();
      const x = hides(overflowX) && (box.right > frame.right + 1.5 || box.left < frame.left - 1.5);
      const y = hides(overflowY) && (box.bottom > frame.bottom + size / 2 || box.top < frame.top - size / 2);
      if (x || y) return told(up) ? null : up;
      if (scrolls(overflowX) || scrolls(overflowY) || position === "fixed") return null;
    }
    return null;
  }
  function hidden(one) {
    for (let up = one; up; up = up.parentElement) if (style(up).clipPath !== "none") return true;
    return false;
  }
  const BOXES = "button, .btn, .state, .chip, .tile, th, td, li > a, .segments > *, summary";
  function text() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (walker.nextNode()) {
      const node = walker.currentNode, parent = node.parentElement;
      if (!node.data.trim() || parent.closest("script, style, noscript, option, title, svg, .hidden-text, .visually-hidden") || !shown(parent)) continue;
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      if (!box.width || !box.height) continue;
      const by = cut(node, box, parseFloat(style(parent).fontSize));
      if (by) found.push(`cut off: "${node.data.trim().slice(0, 40)}" by ${short(by)}`);
      else contrast(node, parent, box);
    }
    for (const one of document.querySelectorAll(BOXES))
      if (shown(one) && !hidden(one) && one.scrollWidth > one.clientWidth + 2 && one.clientWidth && style(one).overflowX === "visible" && style(one).display !== "inline")
        found.push(`runs out of its box: ${short(one)}`);
  }

  // --- words that lie under a field of the same form -----------------------------------------------------------------
  function covered() {
    for (const form of document.forms) {
      const fields = [...form.querySelectorAll("input:not([type=hidden]), select, textarea, button, .btn")].filter(shown)
        .map((one) => [one, one.getBoundingClientRect()]);
      for (const label of form.querySelectorAll("label, legend, .label, .field-help")) {
        if (!shown(label) || label.closest(".hidden-text")) continue;
        const box = label.getBoundingClientRect();
        for (const [field, its] of fields)
          if (!label.contains(field) && Math.min(box.right, its.right) - Math.max(box.left, its.left) > 3
            && Math.min(box.bottom, its.bottom) - Math.max(box.top, its.top) > 3) found.push(`${short(label)} lies under ${short(field)}`);
      }
    }
  }

  // --- text that cannot be told from what it stands on ---------------------------------------------------------------
  const seen = new Set();
  // Between two colours a browser reckons in spaces of its own (oklab): what is on its way is not looked at.
  const known = (colour) => /^(rgba?|color)\(/.test(colour);
  function numbers(colour) {
    const all = (colour.match(/-?[\d.]+(?:e-?\d+)?/g) || []).map(Number);
    const of = colour.startsWith("color(") ? 255 : 1;
    return { rgb: all.slice(0, 3).map((one) => one * of), alpha: all.length > 3 ? all[3] : 1 };
  }
  const over = (top, below) => top.rgb.map((one, at) => one * top.alpha + below[at] * (1 - top.alpha));
  const light = (rgb) => rgb.map((one) => one / 255).map((one) => one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)
    .reduce((sum, one, at) => sum + one * [0.2126, 0.7152, 0.0722][at], 0);
  function ground(one) {
    const layers = [];
    for (let up = one; up; up = up.parentElement) {
      if (style(up).backgroundImage !== "none") return null;
      if (!known(style(up).backgroundColor)) return null;
      const colour = numbers(style(up).backgroundColor);
      if (colour.alpha > 0) layers.push(colour);
      if (colour.alpha === 1) return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255]);
    }
    return null;
  }
  function contrast(node, parent, box) {
    if (parent.closest("[disabled], [aria-disabled=true], .leaflet-container, [aria-hidden=true]")) return;
    const below = ground(parent);
    if (!below || !known(style(parent).color)) return;
    const at = style(parent), size = parseFloat(at.fontSize);
    const least = size >= 24 || (size >= 18.66 && Number(at.fontWeight) >= 700) ? 3 : 4.5;
    const [one, two] = [light(over(numbers(at.color), below)), light(below)];
    const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    const key = `${at.color} on ${below.map(Math.round)}`;
    if (ratio >= least - 0.05 || seen.has(key)) return;
    seen.add(key);
    found.push(`${ratio.toFixed(2)} of contrast: "${node.data.trim().slice(0, 30)}" ${key}`);
  }

  if (only !== "form") words();
  text();
  covered();
  return [...new Set(found)];
}
