// Keeps what was chosen in smaller forms, of minutes and of updates, on this device until the server
// has it.
// Each `form[data-keep]` is sent when its button is pressed; it works without this file.
(function () {
  "use strict";
  const page = document.querySelector("[data-kept]");
  if (!page) return;
  const words = page.dataset;
  const SENT = "peelian-sent"; // which form the page was loaded again for
  const device = window.peelianDevice;
  const nameOf = (form) => form.dataset.keep;
  const say = (form, text) => (form.querySelector("[data-state]").textContent = text);

  // What a person can change; who they are and which version they read comes from the page.
  const typed = (form) => [...form.elements].filter((one) => one.name && one.type !== "hidden");
  const worth = (one) => (["radio", "checkbox"].includes(one.type) ? one.checked : one.value);
  const chosen = (form) => JSON.stringify(typed(form).map((one) => [one.id, worth(one)]));
  const versions = (form) =>
    [...form.elements]
      .filter((one) => one.type === "hidden" && one.name !== "csrfmiddlewaretoken")
      .map((one) => one.value)
      .join(" ");

  function keep(form) {
    const kept = { chosen: chosen(form), versions: versions(form) };
    say(form, device.keep(nameOf(form), kept) ? words.here : words.cannot);
  }

  const recall = (form) => device.recall(nameOf(form));
  const forget = (form) => device.forget(nameOf(form));

  function restore(form) {
    const kept = recall(form);
    if (!kept || kept.chosen === chosen(form)) {
      forget(form);
      return;
    }
    const before = new Map(JSON.parse(kept.chosen));
    typed(form).forEach((one) => {
      if (!before.has(one.id)) return;
      if (["radio", "checkbox"].includes(one.type)) one.checked = before.get(one.id);
      else one.value = before.get(one.id);
      const closed = one.closest("details");
      if (closed && worth(one)) closed.open = true;
    });
    say(form, kept.versions === versions(form) ? words.here : words.changed);
  }

  // Whoever has gone on to a minute is not interrupted by a page that loads again.
  function writesElsewhere(form) {
    const at = document.activeElement;
    return at && at.matches("input, textarea, select") && !form.contains(at);
  }

  function renew(form, html) {
    const whole = new DOMParser().parseFromString(html, "text/html");
    const fresh = whole.querySelector(`form[data-keep="${CSS.escape(form.dataset.keep)}"]`);
    if (!fresh) return;
    form.replaceWith(fresh);
    serve(fresh);
    say(fresh, words.sent);
  }

  const busy = new Set(); // what was pressed twice is sent once

  async function send(form) {
    if (busy.has(form)) return;
    busy.add(form);
    let answer = null;
    try {
      answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
    } catch {
      answer = null; // no connection
    }
    busy.delete(form);
    // A session that has ended leads elsewhere: that is not saved.
    if (answer && answer.redirected && new URL(answer.url).pathname === words.page) {
      forget(form);
      if (writesElsewhere(form)) {
        renew(form, await answer.text());
        return;
      }
      sessionStorage.setItem(SENT, form.dataset.keep);
      location.assign(words.page);
    } else if (answer && answer.status < 500 && !answer.redirected) {
      form.submit(); // it was refused, and is again: the browser shows why, with what was typed
    } else {
      keep(form);
    }
  }

  function serve(form) {
    form.addEventListener("input", () => keep(form));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      keep(form);
      send(form);
    });
  }

  page.ownerDocument.querySelectorAll("form[data-keep]").forEach((form) => {
    if (form.querySelector(".govuk-error-message")) keep(form);
    else restore(form);
    if (sessionStorage.getItem(SENT) === form.dataset.keep) {
      sessionStorage.removeItem(SENT);
      say(form, words.sent);
      form.scrollIntoView();
    }
    serve(form);
  });
})();
