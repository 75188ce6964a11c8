// Draws what the page says in JSON. Colours come from the style sheet, so light, dark and print agree with the rest.
(() => {
  const drawn = new Map();
  const seen = new Set();
  // Of the place where the chart stands: a dark panel on a light page has dark colours.
  let place = document.documentElement;
  const css = (name) => getComputedStyle(place).getPropertyValue(name).trim();
  const tone = (name, index) => css(`--${name || ["blue", "teal", "violet", "yellow", "green", "grey"][index % 6]}-mark`) || css(`--${name || ["blue", "teal", "violet", "yellow", "green", "grey"][index % 6]}`);

  function frame() {
    const text = { color: css("--ink-2"), fontFamily: css("--font"), fontSize: 12 };
    return {
      textStyle: text,
      animationDuration: 250,
      // Text only: markup in a tip would need inline styles, which the page's policy refuses.
      tooltip: { renderMode: "richText", confine: true, backgroundColor: css("--surface"), borderColor: css("--line-strong"), textStyle: { ...text, color: css("--ink") }, padding: [6, 10] },
      grid: { left: 4, right: 12, top: 30, bottom: 2, containLabel: true },
      legend: { top: 0, right: 0, itemWidth: 10, itemHeight: 10, icon: "roundRect", textStyle: text },
    };
  }
  const axis = (extra) => ({
    axisLine: { lineStyle: { color: css("--line-strong") } },
    axisTick: { show: false },
    axisLabel: { color: css("--ink-2"), fontSize: 11, hideOverlap: true },
    splitLine: { lineStyle: { color: css("--line") } },
    ...extra,
  });

  function lines(picture) {
    const kind = picture.kind === "line" ? "line" : "bar";
    return {
      ...frame(),
      tooltip: { ...frame().tooltip, trigger: "axis" },
      xAxis: axis({ type: "category", data: picture.x, boundaryGap: kind === "bar" }),
      yAxis: axis({ type: "value", minInterval: 1, axisLine: { show: false } }),
      series: picture.series.map((one, index) => ({
        name: one.name, type: kind, data: one.data, stack: picture.kind === "stack" ? "all" : undefined,
        color: tone(one.colour, index), barMaxWidth: 22, symbol: "circle", symbolSize: 5, showSymbol: picture.x.length < 20,
        lineStyle: { width: 2 }, itemStyle: { borderRadius: kind === "bar" && picture.kind !== "stack" ? [3, 3, 0, 0] : 0 },
      })),
    };
  }
  function rank(picture) {
    return {
      ...frame(),
      grid: { ...frame().grid, top: picture.series.length > 1 ? 30 : 4, right: 36 },
      legend: { ...frame().legend, show: picture.series.length > 1 },
      tooltip: { ...frame().tooltip, trigger: "axis", axisPointer: { type: "shadow" } },
      xAxis: axis({ type: "value", minInterval: 1, axisLine: { show: false }, axisLabel: { show: false }, splitLine: { show: false } }),
      yAxis: axis({ type: "category", inverse: true, data: picture.x, axisLine: { show: false } }),
      series: picture.series.map((one, index) => ({
        name: one.name, type: "bar", data: one.data, color: tone(one.colour, index), barMaxWidth: 14, stack: "all",
        itemStyle: { borderRadius: index === picture.series.length - 1 ? [0, 3, 3, 0] : 0 },
        label: picture.series.length > 1 ? undefined : { show: true, position: "right", color: css("--ink-2"), fontSize: 11 },
      })),
    };
  }
  function ring(picture) {
    const data = picture.x.map((name, index) => ({ name, value: picture.series[0].data[index], itemStyle: { color: tone((picture.colours || [])[index], index) } }));
    return {
      ...frame(),
      legend: { ...frame().legend, orient: "vertical", top: "middle", right: 4 },
      series: [{ type: "pie", radius: ["54%", "78%"], center: ["32%", "50%"], data, label: { show: false }, itemStyle: { borderColor: css("--surface"), borderWidth: 2 } }],
    };
  }
  const draw = { line: lines, bar: lines, stack: lines, rank, ring };

  function show(element) {
    const source = document.getElementById(element.dataset.chart);
    if (!source) return;
    if (!window.echarts) { element.replaceChildren(); return; } // the figures stand in the table beneath
    const picture = JSON.parse(source.textContent);
    place = element;
    const chart = window.echarts.getInstanceByDom(element) || window.echarts.init(element);
    // What is drawn again, because its figures came anew, stands still.
    chart.setOption({ ...draw[picture.kind](picture), animation: !drawn.has(element) && !seen.has(element.dataset.chart) }, true);
    seen.add(element.dataset.chart);
    chart.off("click");
    chart.on("click", (event) => {
      const address = (picture.links || [])[event.dataIndex];
      if (address) window.location.assign(address);
    });
    drawn.set(element, chart);
  }
  function all() {
    for (const [element, chart] of drawn) {
      if (!element.isConnected) {
        chart.dispose();
        drawn.delete(element);
      }
    }
    document.querySelectorAll("[data-chart]").forEach(show);
  }
  document.addEventListener("DOMContentLoaded", all);
  document.addEventListener("htmx:afterSettle", all);
  document.addEventListener("theme-changed", all);
  window.addEventListener("resize", () => drawn.forEach((chart) => chart.resize()));
})();
