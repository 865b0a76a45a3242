// What every page does a little faster with JavaScript; nothing here is needed to work.
import { keepDrafts } from "./drafts.js";

const isTyping = (target) =>
  target.closest("input, textarea, select, [contenteditable]") !== null;

// Menus are <details>: one open at a time, closed by Escape or a click elsewhere.
function closeMenus(except = null) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(except)) menu.open = false;
  }
}

document.addEventListener("click", (event) => {
  closeMenus(event.target);
  const row = event.target.closest("tr[data-href]");
  if (!row || event.target.closest("a, button, input, label, summary, select")) return;
  if (window.getSelection().toString()) return;
  if (event.ctrlKey || event.metaKey) window.open(row.dataset.href, "_blank", "noopener");
  else window.location.assign(row.dataset.href);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const open = document.querySelector("details.menu[open]");
    closeMenus();
    open?.querySelector("summary").focus();
    return;
  }
  if (event.key === "Enter" && event.target.matches("tr[data-href]")) {
    window.location.assign(event.target.dataset.href);
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const wanted = [...document.querySelectorAll("[data-key]")].find(
    (element) => element.dataset.key === event.key,
  );
  if (wanted) {
    event.preventDefault();
    wanted.focus();
    wanted.click();
  }
});

// Charts and maps bring their own module and library, and only where there is one.
async function draw(root) {
  const drawn = root.querySelectorAll("[data-module]");
  for (const element of drawn) {
    if (element.dataset.drawn) continue;
    element.dataset.drawn = "yes";
    const module = await import(element.dataset.module);
    await module.draw(element);
  }
}

// Whatever takes longer than 0.3 s shows that it goes on.
let waiting = 0;
let timer = null;
const strip = document.createElement("div");
strip.className = "activity no-print";
strip.setAttribute("aria-hidden", "true");

function startWaiting() {
  waiting += 1;
  timer ??= setTimeout(() => document.body.append(strip), 300);
}

function stopWaiting() {
  waiting = Math.max(waiting - 1, 0);
  if (waiting) return;
  clearTimeout(timer);
  timer = null;
  strip.remove();
}

document.addEventListener("htmx:beforeRequest", startWaiting);
document.addEventListener("htmx:afterRequest", stopWaiting);
// A download leaves the page as it is, so nothing would end the waiting.
document.addEventListener("submit", (event) => event.target.matches("[data-download]") || startWaiting());
window.addEventListener("pageshow", stopWaiting);
document.addEventListener("htmx:load", (event) => draw(event.detail.elt.parentElement ?? document));

for (const row of document.querySelectorAll("tr[data-href]")) {
  if (!row.querySelector("a")) row.tabIndex = 0;
}
document.querySelector("[data-focus]")?.focus();
keepDrafts();
draw(document);
