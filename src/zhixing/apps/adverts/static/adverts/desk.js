// The review desk by keyboard: 1 confirms, 2 rejects the finding at hand, arrows move, Enter
// finishes, 3 opens the form for what was missed; words marked in the text go into it.
// Without this module the page works with its buttons.

const typing = "input:not([type=radio]), textarea, select";
let now = 0;

const form = () => document.querySelector("[data-desk]");
const asked = () => [...(form()?.querySelectorAll(".finding-asked") ?? [])];
const isDecided = (finding) => finding.querySelector("input:checked") !== null;

function show(place) {
  const findings = asked();
  now = Math.min(Math.max(place, 0), Math.max(findings.length - 1, 0));
  const key = findings[now]?.dataset.finding;
  for (const finding of findings) {
    finding.classList.toggle("finding-now", finding.dataset.finding === key);
  }
  for (const mark of document.querySelectorAll("[data-findings]")) {
    mark.classList.toggle("ad-mark-now", mark.dataset.findings.split(" ").includes(key));
  }
  findings[now]?.scrollIntoView({ block: "nearest" });
}

function goOn() {
  const findings = asked();
  const open = findings.findIndex((finding) => !isDecided(finding));
  if (open >= 0) show(open);
  else form().querySelector("[data-finish]").focus();
}

function decide(decision) {
  const box = asked()[now]?.querySelector(`input[value=${decision}]`);
  if (!box) return;
  box.checked = true;
  goOn();
}

function openMissed() {
  const part = form().querySelector("[data-missed]");
  part.open = true;
  part.querySelector("[name=words]").value
    ? part.querySelector("[name=family]").focus()
    : part.querySelector("[name=words]").focus();
}

document.addEventListener("keydown", (event) => {
  if (!form() || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest(typing)) return;
  // What is on its way is no longer at hand, and what comes next was not seen yet.
  if (document.querySelector(".htmx-request")) return event.preventDefault();
  const acts = {
    1: () => decide("confirmed"),
    2: () => decide("rejected"),
    3: openMissed,
    ArrowDown: () => show(now + 1),
    ArrowUp: () => show(now - 1),
  };
  if (event.key === "Enter" && !event.target.closest("a, button, summary")) {
    event.preventDefault();
    form().querySelector("[data-finish]").click();
  } else if (acts[event.key]) {
    event.preventDefault();
    acts[event.key]();
  }
});

document.addEventListener("change", (event) => {
  if (event.target.closest(".verdict")) goOn();
});

// Places are counted in code points, as the server counts them.
function placeOf(node, offset) {
  const piece = node.parentElement?.closest("[data-start]");
  if (!piece || node.nodeType !== Node.TEXT_NODE) return null;
  return Number(piece.dataset.start) + [...node.data.slice(0, offset)].length;
}

function marked() {
  const chosen = window.getSelection();
  if (!chosen || chosen.isCollapsed || !form()) return;
  const range = chosen.getRangeAt(0);
  if (!range.commonAncestorContainer.parentElement?.closest(".desk-text")) return;
  const start = placeOf(range.startContainer, range.startOffset);
  const end = placeOf(range.endContainer, range.endOffset);
  if (start === null || end === null || end <= start) return;
  const all = [...form().querySelectorAll("[data-start]")].map((piece) => piece.textContent).join("");
  const part = form().querySelector("[data-missed]");
  part.querySelector("[name=words]").value = [...all].slice(start, end).join("");
  part.querySelector("[name=start]").value = start;
  part.open = true;
}

document.addEventListener("selectionchange", marked);
// Typing other words means another place.
document.addEventListener("input", (event) => {
  if (event.target.name === "words") form().querySelector("[name=start]").value = "";
});

// An answer that refuses is shown too, with what was expected.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status === 422) event.detail.shouldSwap = true;
});
document.addEventListener("htmx:afterSettle", () => form() && show(asked().findIndex((f) => !isDecided(f))));
show(0);
