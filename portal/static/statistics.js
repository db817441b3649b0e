// Draws a chart over each table that asks for one, from the table's own numbers.
// The table stays: the chart adds a look at it, and says in words what it shows.
(() => {
  "use strict";
  const COLOURS = { 红灯: "#b3261e", 黄灯: "#e0a800", 蓝灯: "#3b82c4", 绿灯: "#2e8b57", 灰灯: "#9aa3ad" };
  const FONT = getComputedStyle(document.body).fontFamily;
  const MOST = 15; // units that a lying chart holds; the table has them all
  const NOT_ADDED = new Set(["合计", "已报次数", "提醒事项"]); // are counted in another column already

  const read = (table) => {
    const text = (cell) => cell.textContent.trim();
    const names = [...table.tHead.rows[0].cells].slice(1).map(text);
    const rows = [...table.tBodies[0].rows].filter((row) => row.cells.length > 1);
    return {
      title: text(table.caption),
      labels: rows.map((row) => text(row.cells[0])),
      series: names.map((name, at) => ({
        name, data: rows.map((row) => Number(text(row.cells[at + 1]))),
      })).filter((each) => !NOT_ADDED.has(each.name)),
    };
  };

  const draw = (table) => {
    const lies = table.dataset.chart === "lying";
    const found = read(table);
    if (!found.labels.length) return;
    const labels = lies ? found.labels.slice(0, MOST).reverse() : found.labels;
    const pick = (data) => (lies ? data.slice(0, MOST).reverse() : data);
    const charted = table.closest(".charted");
    const place = document.createElement("div");
    place.className = lies ? "chart lying" : "chart";
    charted.prepend(place);
    charted.classList.add("drawn");
    const written = lies
      ? { width: place.clientWidth * 0.35, overflow: "truncate" }
      : { formatter: (label) => label.replace("年", "年\n") };
    const names = { type: "category", data: labels, axisLabel: { interval: 0, ...written } };
    const figures = { type: "value", minInterval: 1 };
    const chart = echarts.init(place, null, { renderer: "canvas" });
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: FONT },
      aria: { enabled: true, decal: { show: true }, label: { description: `${found.title}，数字见下表。` } },
      grid: { left: 8, right: 24, top: 40, bottom: 8, containLabel: true },
      legend: { top: 0 },
      tooltip: { trigger: "axis", renderMode: "richText", axisPointer: { type: "shadow" } },
      xAxis: lies ? figures : names,
      yAxis: lies ? names : figures,
      series: found.series.map((each) => ({
        type: "bar", stack: "all", barMaxWidth: 48, name: each.name, data: pick(each.data),
        itemStyle: { color: COLOURS[each.name] },
      })),
    });
    addEventListener("resize", () => chart.resize());
  };

  document.querySelectorAll("table[data-chart]").forEach(draw);
})();
