// Draws what zhixing.kit.maps describes: own GeoJSON on a canvas, no tiles from anywhere.
let library = null;
function load(script, style) {
  library ??= new Promise((resolve, reject) => {
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = style;
    const code = document.createElement("script");
    code.src = script;
    sheet.onload = () => document.head.append(code);
    code.onload = () => resolve(window.L);
    sheet.onerror = code.onerror = reject;
    document.head.append(sheet);
  });
  return library;
}

const queries = ["(prefers-color-scheme: dark)", "print"].map((query) => window.matchMedia(query));

function colours() {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  return { line: colour("--line-strong"), level: [0, 1, 2, 3, 4].map((level) => colour(`--level-${level}`)) };
}

function told({ name, value }) {
  const text = document.createElement("span");
  text.textContent = value ? `${name} ${value}` : name;
  return text;
}

export async function draw(element) {
  const layers = JSON.parse(document.getElementById(element.dataset.map).textContent);
  const L = await load(element.dataset.library, element.dataset.style);
  if (element.dataset.url) layers.features = await (await fetch(element.dataset.url)).json();
  const map = L.map(element, { preferCanvas: true, attributionControl: false, zoomControl: false });
  L.control
    .zoom({ zoomInTitle: element.dataset.zoomIn, zoomOutTitle: element.dataset.zoomOut })
    .addTo(map);
  const style = ({ properties }) => {
    const now = colours();
    return { color: now.line, weight: 1, fillColor: now.level[properties.level], fillOpacity: 0.9 };
  };
  const outlineStyle = () => ({ color: colours().line, weight: 1, fill: false });
  if (layers.outline) {
    const outline = L.geoJSON(layers.outline, { style: outlineStyle, interactive: false }).addTo(map);
    for (const query of queries) query.addEventListener("change", () => outline.setStyle(outlineStyle));
  }
  const places = L.geoJSON(layers.features, {
    style,
    // Size grows with the level, so that colour is not the only sign.
    pointToLayer: ({ properties }, at) => L.circleMarker(at, { radius: 5 + 2 * properties.level }),
    onEachFeature: ({ properties }, layer) => {
      layer.bindTooltip(told(properties), { sticky: true });
      if (properties.href) layer.on("click", () => window.location.assign(properties.href));
    },
  }).addTo(map);
  for (const query of queries) query.addEventListener("change", () => places.setStyle(style));
  map.fitBounds(places.getBounds(), { padding: [16, 16], maxZoom: 16 });
}
