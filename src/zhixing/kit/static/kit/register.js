// The bulk bar shows once a row is ticked; without this script it always shows.
for (const form of document.querySelectorAll("[data-bulk]")) {
  const bar = form.querySelector("[data-bulk-bar]");
  const count = form.querySelector("[data-bulk-count]");
  const boxes = [...form.querySelectorAll('input[name="row"]')];
  const head = form.querySelector("th.register-pick");
  const all = document.createElement("input");
  all.type = "checkbox";
  all.className = "form-check-input";
  all.setAttribute("aria-label", head.textContent.trim());
  head.replaceChildren(all);

  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    bar.hidden = ticked === 0;
    count.textContent = ticked ? `✓ ${ticked}` : "";
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  };
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    show();
  });
  form.addEventListener("change", show);
  window.addEventListener("pageshow", show); // the browser keeps ticks when one comes back
  show();
}
