// Where scripts keep what was typed on this device until the server has it.
(function () {
  "use strict";
  const page = document.querySelector("[data-kept]");
  if (!page) return;
  const place = (name) => "peelian-minutes/" + page.dataset.kept + "/" + name;
  window.peelianDevice = {
    // Says whether it is kept: the device may have no room, or forbid it.
    keep(name, what) {
      try {
        localStorage.setItem(place(name), JSON.stringify(what));
        return true;
      } catch {
        return false;
      }
    },
    recall(name) {
      try {
        return JSON.parse(localStorage.getItem(place(name)));
      } catch {
        return null;
      }
    },
    forget(name) {
      try {
        localStorage.removeItem(place(name));
      } catch {
        // what cannot be written was never kept
      }
    },
  };
})();
