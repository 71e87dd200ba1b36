// Asks what the checks would remark on an update while it is written, when the typing rests. The
// page works without this file: the same is said when the update is saved.
(function () {
  "use strict";
  const RESTS = 900; // milliseconds
  const waiting = new WeakMap();
  const said = (form) => [...form.elements].map((field) => field.value).join("\n");

  async function look(form) {
    const places = [...form.closest("tr, section").querySelectorAll("[data-remarks]")];
    const place = places.pop();
    if (!place) return;
    const sent = said(form);
    const body = new FormData(form);
    body.append("step", "look");
    try {
      const answer = await fetch(place.dataset.address || form.action, { method: "POST", body });
      if (!answer.ok || answer.redirected || said(form) !== sent) return;
      place.innerHTML = await answer.text();
      places.forEach((earlier) => earlier.replaceChildren()); // said of what was saved before
    } catch {
      // without an answer the words are looked at when they are saved
    }
  }

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form || !form.matches("[data-save], [data-keep]")) return;
    clearTimeout(waiting.get(form));
    waiting.set(form, setTimeout(look, RESTS, form));
  });
})();
