// Draws the chart beside each table of the page, from the table: no chart shows more than its table.
"use strict";

const css = getComputedStyle(document.documentElement);
const color = (name) => css.getPropertyValue(name).trim();
const value = (cell) => (cell && cell.dataset.value !== undefined ? Number(cell.dataset.value) : null);

function rowsOf(table) {
  return [...table.querySelectorAll("tbody tr")].map((row) => {
    const [amount, ...parts] = [...row.querySelectorAll("td")].map(value);
    return { label: row.querySelector("th").textContent.trim(), amount, parts };
  });
}

// A row is drawn in its parts, or as a whole where it has none or all of them are rounded to nothing.
function datasetsOf(table, rows, undivided) {
  const names = [...table.querySelectorAll("thead th")].slice(2).map((cell) => cell.textContent.trim());
  const colors = [color("--accent"), color("--chart-second"), color("--chart-third"), color("--chart-fourth")];
  const isDivided = (row) => row.parts.some((part) => part);
  const parts = names.map((label, index) => ({
    label,
    data: rows.map((row) => (isDivided(row) ? row.parts[index] : null)),
    backgroundColor: colors[index % colors.length],
  }));
  const whole = {
    label: undivided,
    data: rows.map((row) => (isDivided(row) ? null : row.amount)),
    backgroundColor: names.length ? color("--chart-whole") : color("--accent"),
  };
  return [...parts, whole].filter((set) => set.data.some((amount) => amount));
}

// A long name takes several lines where there is little room.
function wrapped(label, width) {
  const letters = width < 600 ? 16 : 40;
  const lines = [""];
  for (const word of label.split(" ")) {
    const line = `${lines.at(-1)} ${word}`.trim();
    if (lines.at(-1) && line.length > letters) lines.push(word);
    else lines[lines.length - 1] = line;
  }
  return lines;
}

function draw(section) {
  const table = section.querySelector("table");
  const isColumns = section.dataset.chart === "columns";
  const rows = rowsOf(table);
  const datasets = datasetsOf(table, rows, section.dataset.undivided);
  if (!datasets.length) return null;
  const amounts = { beginAtZero: true, stacked: true, ticks: { precision: 0 }, grid: { color: color("--line") } };
  const names = { stacked: true, ticks: { autoSkip: isColumns }, grid: { display: false } };
  const canvas = document.createElement("canvas");
  canvas.setAttribute("aria-hidden", "true");
  const box = section.querySelector(".chart");
  box.append(canvas);
  box.hidden = false;
  const labels = rows.map((row) => (isColumns ? row.label : wrapped(row.label, box.clientWidth)));
  if (!isColumns) box.style.height = `${Math.max(9, 3.5 + labels.flat().length * 0.9 + rows.length)}rem`;
  return new Chart(canvas, {
    type: "bar",
    data: { labels, datasets },
    options: {
      indexAxis: isColumns ? "x" : "y",
      scales: isColumns ? { x: names, y: amounts } : { x: amounts, y: names },
      animation: false,
      maintainAspectRatio: false,
      plugins: {
        legend: { display: datasets.length > 1, position: "bottom", labels: { boxWidth: 12, boxHeight: 12 } },
      },
    },
  });
}

Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
Chart.defaults.color = color("--soft");
Chart.defaults.datasets.bar.maxBarThickness = 26;
const charts = [...document.querySelectorAll("section[data-chart]")].map(draw).filter(Boolean);
// Names of languages are drawn again once their fonts are here.
addEventListener("load", () => document.fonts.ready.then(() => charts.forEach((chart) => chart.update())));
