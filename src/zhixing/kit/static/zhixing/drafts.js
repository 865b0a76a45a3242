// Nothing typed is lost: forms marked data-draft="name" are kept in this tab until they are sent and
// accepted. A page that refuses (sign-in, no permission) is marked data-keep-drafts and leaves them.
const PREFIX = "draft:";
const KEPT = "input:not([type=password]):not([type=file]):not([type=hidden]), textarea, select";

const read = (key) => JSON.parse(sessionStorage.getItem(key));
const write = (key, draft) => sessionStorage.setItem(key, JSON.stringify(draft));
const keys = () => Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX));
const fields = (form) => [...form.querySelectorAll(KEPT)].filter((field) => field.name);
const isBox = (field) => field.type === "checkbox" || field.type === "radio";
const valueOf = (field) => (isBox(field) ? field.checked : field.value);

function collect(form) {
  return fields(form).map((field) => [field.name, isBox(field) ? field.value : null, valueOf(field)]);
}

function restore(form, values) {
  let changed = false;
  for (const [name, box, value] of values) {
    const field = fields(form).find(
      (one) => one.name === name && (box === null || one.value === box),
    );
    if (!field || valueOf(field) === value) continue;
    if (isBox(field)) field.checked = value;
    else field.value = value;
    changed = true;
  }
  const told = form.querySelector("[data-draft-restored]");
  if (told) told.hidden = !changed;
}

function follow(form) {
  const key = PREFIX + form.dataset.draft;
  const save = (sent) =>
    write(key, { values: collect(form), page: location.pathname + location.search, sent });
  form.addEventListener("input", () => save(false));
  form.addEventListener("submit", () => save(true));
  const draft = read(key);
  if (draft && !form.querySelector(".error-summary")) restore(form, draft.values);
}

export function keepDrafts() {
  if (document.body.hasAttribute("data-keep-drafts")) {
    const sent = keys().filter((key) => read(key).sent);
    for (const key of sent) write(key, { ...read(key), sent: false });
    const next = document.querySelector(".sign-in input[name=next]");
    if (next && sent.length) next.value = read(sent.at(-1)).page;
  } else {
    for (const key of keys()) if (read(key).sent) sessionStorage.removeItem(key);
  }
  for (const form of document.querySelectorAll("form[data-draft]")) follow(form);
  document.querySelector("form[data-sign-out]")?.addEventListener("submit", () => {
    for (const key of keys()) sessionStorage.removeItem(key);
  });
}
