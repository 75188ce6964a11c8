// Checking in: the device's place fills the form if the person allows it. Without this file, or without consent, the time alone counts.
(() => {
  const fill = (spot) => {
    if (spot.dataset.done || !navigator.geolocation) return;
    spot.dataset.done = "1";
    const [lng, lat, accuracy] = spot.dataset.locate.split(" ").map((id) => document.getElementById(id));
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        if (!lng || lng.value) return;
        lng.value = coords.longitude.toFixed(6);
        lat.value = coords.latitude.toFixed(6);
        if (accuracy) accuracy.value = Math.round(coords.accuracy);
        spot.hidden = false;
      },
      () => {},
      { enableHighAccuracy: true, timeout: 10000 },
    );
  };
  const look = () => document.querySelectorAll("[data-locate]").forEach(fill);
  document.addEventListener("htmx:afterSwap", look);
  look();
})();
