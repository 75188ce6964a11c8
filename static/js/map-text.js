// What stands in a tooltip or popup is text: names and titles come from outside, and the library would read them as markup.
(() => {
  const own = L.DivOverlay.prototype.setContent;
  const asText = (said) => {
    if (typeof said !== "string") return said;
    const text = document.createElement("span");
    text.textContent = said;
    return text;
  };
  L.DivOverlay.include({
    setContent(said) {
      return own.call(this, typeof said === "function" ? (layer) => asText(said(layer)) : asText(said));
    },
  });
})();
