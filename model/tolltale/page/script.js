const marked = [...document.querySelectorAll("[data-id]")];
const light = (event) => {
  const at = event.target.closest("[data-id]");
  const first = at && (document.getElementById(at.dataset.id) || at);
  const ids = new Set(first ? [first.dataset.id, ...(first.dataset.ties || "").split(" ")] : []);
  for (const element of marked) element.classList.toggle("lit", ids.has(element.dataset.id));
};
for (const name of ["mouseover", "focusin"]) document.addEventListener(name, light);
