// Keeps every keystroke of a minute on this device until the server has it, and sends it by itself.
// The page works without this file: each minute is a form of its own.
(function () {
  "use strict";
  const IDLE = 4000; // after the last keystroke
  const FIRST_WAIT = 2000;
  const LONGEST_WAIT = 60000;
  const page = document.getElementById("minutes");
  if (!page) return;
  const words = page.dataset;
  const device = window.peelianDevice;
  const nameOf = (form) => form.elements.line.value;
  const asTyped = (form) => ({
    version: form.elements.version.value,
    title: form.elements.title.value,
    text: form.elements.text.value,
    decision: form.elements.decision.value,
  });
  const same = (one, other) =>
    ["title", "text", "decision"].every((name) => (one[name] || "") === (other[name] || ""));

  function say(form, text) {
    const state = form.querySelector("[data-state]");
    if (state.textContent !== text) state.textContent = text;
  }

  function keep(form) {
    say(form, device.keep(nameOf(form), asTyped(form)) ? words.here : words.cannot);
  }

  const recall = (form) => device.recall(nameOf(form));
  const forget = (form) => device.forget(nameOf(form));

  // What is under way with a form: its timer, how long it waits, whether it asks the person first.
  const under = new WeakMap();

  function later(form, wait) {
    const one = under.get(form);
    clearTimeout(one.timer);
    if (!one.stopped) one.timer = setTimeout(() => send(form), wait);
  }

  function showTheirs(form, theirs, message) {
    const box = form.querySelector("[data-theirs]");
    box.hidden = false;
    box.querySelector("[data-their-text]").textContent = theirs;
    under.get(form).stopped = true; // to put it over theirs is for a person to decide
    say(form, message);
  }

  async function send(form) {
    const one = under.get(form);
    const sent = asTyped(form);
    if (one.busy || !sent.text.trim() || !sent.title.trim()) return;
    one.busy = true;
    let answer = null;
    try {
      const response = await fetch(form.action, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json" },
      });
      const isJson = (response.headers.get("Content-Type") || "").includes("json");
      if (isJson) answer = { status: response.status, ...(await response.json()) };
    } catch {
      answer = null;
    }
    one.busy = false;
    if (answer) heard(form, sent, answer);
    else {
      keep(form);
      one.wait = Math.min(one.wait * 2, LONGEST_WAIT);
      later(form, one.wait);
    }
  }

  function heard(form, sent, answer) {
    const one = under.get(form);
    one.wait = FIRST_WAIT;
    if (answer.status === 409) {
      form.elements.version.value = answer.version;
      keep(form);
      showTheirs(form, answer.theirs, answer.message);
    } else if (answer.status === 200) {
      forget(form);
      form.elements.version.value = answer.version;
      form.elements.line.value = answer.line;
      form.querySelector("[data-theirs]").hidden = true;
      if (same(sent, asTyped(form))) say(form, answer.is_new ? words.sentNew : words.sent);
      else {
        keep(form);
        later(form, IDLE);
      }
    } else {
      one.stopped = true;
      say(form, answer.message);
    }
  }

  function restore(form) {
    const kept = recall(form);
    const shown = asTyped(form);
    if (!kept) return;
    kept.decision ??= shown.decision; // kept before there was a box for it
    if (same(kept, shown)) {
      forget(form);
      return;
    }
    form.elements.title.value = kept.title;
    form.elements.text.value = kept.text;
    form.elements.decision.value = kept.decision;
    keep(form);
    if (kept.version !== shown.version) showTheirs(form, shown.text, words.changed);
    else later(form, FIRST_WAIT);
  }

  page.querySelectorAll("form[data-minute]").forEach((form) => {
    const refused = Boolean(form.querySelector(".govuk-error-message"));
    under.set(form, { timer: 0, wait: FIRST_WAIT, busy: false, stopped: refused });
    if (refused) keep(form);
    else restore(form);
    form.addEventListener("input", () => {
      const one = under.get(form);
      if (form.querySelector("[data-theirs]").hidden) one.stopped = false;
      keep(form);
      later(form, IDLE);
    });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        form.requestSubmit();
      }
    });
    form.addEventListener("submit", (event) => {
      const one = under.get(form);
      if (!form.elements.text.value.trim() || !form.elements.title.value.trim()) return;
      event.preventDefault();
      one.stopped = false;
      one.wait = FIRST_WAIT;
      keep(form);
      send(form);
    });
  });
  window.addEventListener("online", () => {
    page.querySelectorAll("form[data-minute]").forEach((form) => recall(form) && later(form, 0));
  });
})();
