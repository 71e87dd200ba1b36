// Small improvements on pages that work without this file. Loaded first in the body, so that
// the menu does not jump when GOV.UK Frontend takes it over.
(function () {
  "use strict";
  if (!("noModule" in HTMLScriptElement.prototype)) return;
  document.body.classList.add("js-enabled", "govuk-frontend-supported");
  const library = document.currentScript.dataset.govukFrontend;

  // A region that has nothing to scroll should not be a stop for the keyboard.
  function fitRegions() {
    document.querySelectorAll(".app-table-region, .app-figure__chart").forEach((region) => {
      if (region.scrollWidth > region.clientWidth) region.setAttribute("tabindex", "0");
      else region.removeAttribute("tabindex");
    });
  }

  // A file may be dropped on the form that asks for it; the button still sends it.
  function takeDrops(form) {
    const input = form.querySelector("input[type=file]");
    const over = (event) => {
      event.preventDefault();
      form.classList.toggle("app-dropzone--over", event.type === "dragover");
    };
    form.addEventListener("dragover", over);
    form.addEventListener("dragleave", over);
    form.addEventListener("drop", (event) => {
      over(event);
      if (event.dataTransfer.files.length === 1) input.files = event.dataTransfer.files;
      input.focus();
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    fitRegions();
    document.querySelectorAll("[data-dropzone]").forEach(takeDrops);
    window.addEventListener("resize", fitRegions);
    document.addEventListener("toggle", fitRegions, true);
    if (library) import(library).then((govuk) => govuk.initAll());
  });
})();
