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

  document.addEventListener("DOMContentLoaded", () => {
    fitRegions();
    window.addEventListener("resize", fitRegions);
    document.addEventListener("toggle", fitRegions, true);
    if (library) import(library).then((govuk) => govuk.initAll());
  });
})();
