// Draws what zhixing.kit.charts describes, in the page's colours, light or dark, on screen or paper.
const PALETTES = {
  light: ["#0b6e72", "#b45309", "#3b5ea8", "#9d3f7c"],
  dark: ["#5cc2c2", "#f0a04b", "#8fb0f0", "#e39bc4"],
};
const SYMBOLS = ["circle", "rect", "triangle", "diamond"];
const queries = ["(prefers-color-scheme: dark)", "print"].map((query) => window.matchMedia(query));

let library = null;
function load(address) {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => resolve(window.echarts);
    script.onerror = reject;
    document.head.append(script);
  });
  return library;
}

function look() {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  const dark = queries[0].matches && !queries[1].matches;
  return {
    palette: PALETTES[dark ? "dark" : "light"],
    ink: colour("--ink"), muted: colour("--muted"), line: colour("--line"),
    band: colour("--level-1"), surface: colour("--surface"), font: style.getPropertyValue("font-family"),
  };
}

const WRITERS = {
  percent: (value) => `${+(value * 100).toFixed(1)}%`,
  number: (value) => value.toLocaleString(undefined, { maximumFractionDigits: 2 }),
};

function axis(part, theme, write) {
  const values = part.type === "value";
  return {
    axisLine: { show: !values, lineStyle: { color: theme.muted } },
    axisTick: { show: false },
    splitLine: { show: values, lineStyle: { color: theme.line } },
    ...part,
    axisLabel: {
      color: theme.muted, fontSize: 14, hideOverlap: true,
      ...(values ? { formatter: (value) => write(value) } : { width: 140, overflow: "truncate" }),
    },
  };
}

// A custom series has to be drawn by a function, which the option made in Python cannot hold.
function dotInterval(theme) {
  return (params, api) => {
    const [x, y] = api.coord([api.value(0), api.value(1)]);
    const across = (at) => api.coord([api.value(at), api.value(1)])[0];
    const known = (at) => Number.isFinite(api.value(at));
    const children = [];
    if (known(2) && known(3)) {
      const [from, to] = [across(2), across(3)];
      children.push({
        type: "rect",
        shape: { x: from, y: y - 5, width: Math.max(to - from, 1), height: 10, r: 2 },
        style: { fill: theme.band },
      });
    }
    if (known(4)) {
      const at = across(4);
      children.push({
        type: "line", shape: { x1: at, y1: y - 9, x2: at, y2: y + 9 },
        style: { stroke: theme.muted, lineWidth: 2, lineDash: [2, 2] },
      });
    }
    children.push({ type: "circle", shape: { cx: x, cy: y, r: 5 }, style: { fill: theme.palette[0] } });
    return { type: "group", children };
  };
}

function dress(series, theme, write) {
  const colour = theme.palette[(series.colorIndex ?? 0) % theme.palette.length];
  const dressed = { ...series, itemStyle: { color: colour } };
  if (series.drawAs === "dotInterval") dressed.renderItem = dotInterval(theme);
  if (series.type === "bar") {
    dressed.label = { ...series.label, color: theme.ink, fontSize: 14, formatter: ({ value }) => write(value) };
  }
  if (series.type === "line" && !series.band) {
    dressed.symbol = SYMBOLS[(series.colorIndex ?? 0) % SYMBOLS.length];
    dressed.symbolSize = 7;
    dressed.lineStyle = { color: colour, width: 2 };
    dressed.endLabel = { ...series.endLabel, color: colour, fontSize: 14 };
  }
  if (series.band) {
    dressed.lineStyle = { opacity: 0 };
    dressed.areaStyle = { color: colour, opacity: series.band === "width" ? 0.18 : 0 };
    dressed.tooltip = { show: false };
  }
  if (series.markLine) {
    dressed.markLine = {
      ...series.markLine,
      lineStyle: { color: theme.ink, width: 1.5, type: "solid" },
      label: {
        ...series.markLine.label, color: theme.ink, fontSize: 14,
        formatter: ({ name, value }) => `${name} ${write(value)}`,
      },
    };
  }
  return dressed;
}

function optionFor(plain, write) {
  const theme = look();
  const hasLines = plain.series.some((series) => series.type === "line");
  return {
    animation: false,
    textStyle: { fontFamily: theme.font, color: theme.ink },
    grid: { left: 8, right: hasLines ? 96 : 56, top: 28, bottom: 8, containLabel: true },
    // Rich text, not HTML: an HTML tooltip would need inline styles, which the page forbids.
    tooltip: {
      trigger: hasLines ? "axis" : "item", renderMode: "richText", backgroundColor: theme.surface,
      borderColor: theme.line, textStyle: { color: theme.ink, fontSize: 14 },
      valueFormatter: (value) => (Number.isFinite(value) ? write(value) : "–"),
    },
    ...plain,
    xAxis: axis(plain.xAxis, theme, write),
    yAxis: axis(plain.yAxis, theme, write),
    series: plain.series.map((series) => dress(series, theme, write)),
  };
}

export async function draw(element) {
  const plain = JSON.parse(document.getElementById(element.dataset.chart).textContent);
  const write = WRITERS[element.dataset.unit];
  const echarts = await load(element.dataset.library);
  const chart = echarts.init(element, null, { renderer: "svg" });
  const show = () => chart.setOption(optionFor(plain, write), true);
  show();
  for (const query of queries) query.addEventListener("change", show);
  new ResizeObserver(() => chart.resize()).observe(element);
}
