// Choosing a place: a click on the map, or the position of the device, fills two fields of the form.
(() => {
  const DIGITS = 6;
  function pin(box) {
    const map = box.map;
    const lng = document.getElementById(box.dataset.pickLng);
    const lat = document.getElementById(box.dataset.pickLat);
    if (!lng || !lat) return;
    let marker = null;
    const put = (place, move = false) => {
      const accent = getComputedStyle(document.documentElement).getPropertyValue("--accent").trim();
      if (marker) marker.setLatLng(place);
      else marker = L.circleMarker(place, { radius: 9, weight: 3, color: "#fff", fillColor: accent, fillOpacity: 1 }).addTo(map);
      if (move) map.setView(place, Math.max(map.getZoom(), 15));
    };
    const write = (place) => {
      lng.value = place.lng.toFixed(DIGITS);
      lat.value = place.lat.toFixed(DIGITS);
      lng.dispatchEvent(new Event("change", { bubbles: true }));
      lat.dispatchEvent(new Event("change", { bubbles: true }));
    };
    const read = () => {
      const place = L.latLng(Number(lat.value), Number(lng.value));
      if (lng.value && lat.value && !Number.isNaN(place.lat)) put(place, true);
    };
    map.on("click", (event) => { put(event.latlng); write(event.latlng); });
    for (const control of [lng, lat]) control.addEventListener("input", read);
    read();
    if (navigator.geolocation && window.isSecureContext) locator(box, map, (place) => { put(place, true); write(place); });
  }
  function locator(box, map, found) {
    const control = L.control({ position: "topright" });
    control.onAdd = () => {
      const button = L.DomUtil.create("button", "btn btn-small");
      button.type = "button";
      button.textContent = box.dataset.locate;
      L.DomEvent.disableClickPropagation(button);
      button.addEventListener("click", () => navigator.geolocation.getCurrentPosition((here) => found(L.latLng(here.coords.latitude, here.coords.longitude)), () => { button.disabled = true; }));
      return button;
    };
    control.addTo(map);
  }
  document.addEventListener("map-ready", (event) => { if (event.target.dataset.pickLng) pin(event.target); });
})();
