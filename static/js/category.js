// A long list gets a search above it: by name, code or key word. Without this file it is a list as any other.
(() => {
  const SHOWN = 8;
  function words(option) {
    const group = option.parentElement.label || "";
    return `${option.text} ${option.value} ${group} ${option.dataset.words || ""}`.toLowerCase();
  }
  function enhance(select) {
    if (select.dataset.searchReady) return;
    select.dataset.searchReady = "yes";
    const all = [...select.options].filter((option) => option.value).map((option) => ({ option, words: words(option) }));
    const box = document.createElement("div");
    box.className = "finder";
    const input = document.createElement("input");
    input.type = "search";
    input.className = "form-control";
    input.placeholder = select.dataset.searchHint || "";
    input.setAttribute("aria-label", select.dataset.searchHint || "");
    input.autocomplete = "off";
    const list = document.createElement("ul");
    list.className = "finder-list";
    list.hidden = true;
    select.before(box);
    box.append(input, list, select);

    const close = () => { list.hidden = true; };
    const choose = (option) => {
      select.value = option.value;
      select.dispatchEvent(new Event("change", { bubbles: true }));
      input.value = "";
      close();
      select.focus();
    };
    const show = () => {
      const sought = input.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
      list.replaceChildren();
      if (!sought.length) return close();
      const found = all.filter((one) => sought.every((word) => one.words.includes(word))).slice(0, SHOWN);
      for (const { option } of found) {
        const line = document.createElement("li");
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = option.text;
        const under = document.createElement("small");
        under.textContent = `${option.parentElement.label || ""} · ${option.value}`;
        button.append(under);
        button.addEventListener("click", () => choose(option));
        line.append(button);
        list.append(line);
      }
      list.hidden = !found.length;
    };
    input.addEventListener("input", show);
    input.addEventListener("focus", show);
    box.addEventListener("keydown", (event) => {
      const buttons = [...list.querySelectorAll("button")];
      const here = buttons.indexOf(document.activeElement);
      if (event.key === "Escape" && !list.hidden) { close(); input.focus(); event.stopPropagation(); }
      else if (event.key === "ArrowDown" && buttons[here + 1]) { event.preventDefault(); buttons[here + 1].focus(); }
      else if (event.key === "ArrowUp" && here >= 0) { event.preventDefault(); (buttons[here - 1] || input).focus(); }
      else if (event.key === "Enter" && event.target === input) { event.preventDefault(); if (buttons[0]) buttons[0].click(); }
    });
    box.addEventListener("focusout", (event) => { if (!box.contains(event.relatedTarget)) close(); });
  }
  const all = () => document.querySelectorAll("select[data-search]").forEach(enhance);
  document.addEventListener("DOMContentLoaded", all);
  document.addEventListener("htmx:afterSettle", all);
})();
