// Saves the rows of an update round without leaving the page. The page works without this file:
// each row is a form of its own.
(function () {
  "use strict";
  const table = document.getElementById("round-rows");
  const live = document.getElementById("round-live");
  const words = table.dataset;
  const row = (element) => element.closest("tr[data-row]");
  const fields = (tr) => tr.querySelectorAll("form[data-save] select, form[data-save] textarea");
  // What is on the record, by field, so that a row knows whether it was changed.
  const saved = new WeakMap();

  function remember(tr) {
    fields(tr).forEach((field) => saved.set(field, field.value));
    tr.querySelectorAll("[data-merge]").forEach((button) => (button.hidden = false));
  }
  const isChanged = (tr) => [...fields(tr)].some((field) => field.value !== saved.get(field));
  const changedRows = () => [...table.querySelectorAll("tr[data-row]")].filter(isChanged);

  // The words of an element, a line for each <br>; also where a closed <details> hides it.
  const wordsOf = (element) =>
    [...element.childNodes].map((node) => (node.nodeName === "BR" ? "\n" : node.textContent)).join("");

  function note(tr, text) {
    tr.querySelector("[data-note]").textContent = text;
  }
  function say(tr, text) {
    live.textContent = tr.dataset.row + ": " + text;
  }
  function mark(tr) {
    const changed = isChanged(tr);
    if (changed !== tr.classList.contains("app-grid__row--changed")) {
      tr.classList.toggle("app-grid__row--changed", changed);
      note(tr, changed ? words.changed : "");
    }
  }

  table.querySelectorAll("tr[data-row]").forEach((tr) => {
    remember(tr);
    // After a conflict or an error the form holds words that are nowhere else.
    if (tr.querySelector("[data-theirs], .govuk-error-message")) saved.set(tr.querySelector("textarea"), null);
  });
  document.querySelectorAll("[data-needs-script]").forEach((hint) => (hint.hidden = false));

  table.addEventListener("input", (event) => row(event.target) && mark(row(event.target)));

  table.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form) {
      event.preventDefault();
      event.target.form.requestSubmit();
    }
  });

  function fill(tr, progress, text) {
    tr.querySelector("select").value = progress;
    const area = tr.querySelector("textarea");
    area.value = text;
    mark(tr);
    area.focus();
  }

  table.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy], [data-merge], [data-take-theirs]");
    if (!button) return;
    event.preventDefault();
    const tr = row(button);
    if (button.matches("[data-copy]")) {
      const previous = tr.querySelector("[data-previous]");
      fill(tr, previous.dataset.previous, wordsOf(previous));
      note(tr, words.copied);
      say(tr, words.copied);
      return;
    }
    const theirs = tr.querySelector("[data-theirs]");
    const said = theirs.querySelector("[data-their-text]");
    const text = said ? wordsOf(said) : "";
    if (button.matches("[data-merge]")) {
      const area = tr.querySelector("textarea");
      fill(tr, tr.querySelector("select").value, text + "\n\n" + area.value);
    } else {
      fill(tr, theirs.dataset.theirs || tr.querySelector("select").value, text);
      if (text) tr.querySelector("form").requestSubmit();
    }
  });

  table.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-save]")) return; // a comment is sent as any form
    event.preventDefault();
    save(form, row(form));
  });

  async function save(form, tr) {
    if (tr.dataset.busy) return;
    tr.dataset.busy = "yes";
    note(tr, words.saving);
    const sent = [...fields(tr)].map((field) => field.value);
    let answer;
    try {
      const response = await fetch(form.action, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
      });
      const isJson = (response.headers.get("Content-Type") || "").includes("json");
      if (isJson) answer = { ok: response.ok, ...(await response.json()) };
      else note(tr, response.redirected || response.status === 403 ? words.signedOut : words.failed);
    } catch {
      note(tr, words.failed);
    }
    delete tr.dataset.busy;
    if (answer) replace(tr, sent, answer);
    else say(tr, tr.querySelector("[data-note]").textContent);
  }

  function replace(tr, sent, answer) {
    const focused = tr.contains(document.activeElement) ? document.activeElement : null;
    const typed = [...fields(tr)].map((field) => field.value);
    const caret = focused && "selectionStart" in focused ? focused.selectionStart : null;
    const holder = document.createElement("template");
    holder.innerHTML = answer.html.trim();
    const fresh = holder.content.firstElementChild;
    tr.replaceWith(fresh);
    remember(fresh);
    fields(fresh).forEach((field, place) => {
      if (!answer.ok) saved.set(field, null);
      // What was typed while the answer was on its way stays.
      if (typed[place] !== sent[place]) field.value = typed[place];
    });
    fresh.classList.toggle("app-grid__row--changed", answer.ok && isChanged(fresh));
    if (answer.ok && isChanged(fresh)) note(fresh, words.changed);
    refocus(fresh, focused, caret);
    document.getElementById("round-progress").textContent = answer.progress;
    document.getElementById("round-to-submit").textContent = answer.to_submit;
    say(fresh, answer.message.replace(/\.$/, "") + ". " + answer.progress);
  }

  function refocus(fresh, focused, caret) {
    if (!focused) return;
    const same = focused.id ? document.getElementById(focused.id) : fresh.querySelector("button[type=submit]");
    if (!same) return;
    same.focus();
    if (caret !== null) same.setSelectionRange(caret, caret);
  }

  window.addEventListener("beforeunload", (event) => {
    if (changedRows().length) event.preventDefault();
  });
})();
