// Lets an item of the work programme be dragged to another meeting. A drop moves nothing by itself:
// it leads to the page on which the link "Move" asks why. The page works without this file, by
// touch and by keyboard through its links.
(function () {
  "use strict";
  const page = document.querySelector("[data-programme]");
  if (!page || !window.matchMedia("(any-pointer: fine)").matches) return;
  const words = page.dataset;
  const says = page.querySelector("[data-says]");
  let card = null; // what is held
  let over = null; // the place under it
  let dropped = false;

  function say(text, place, why) {
    const parts = { item: card.dataset.card, place, why };
    says.textContent = text.replace(/\{(item|place|why)\}/g, (_, name) => parts[name]);
  }

  const placeOf = (element) => (element instanceof Element ? element.closest("[data-drop]") : null);
  const isHere = (place) => place.contains(card);
  const isRefused = (place) => card.dataset.refuses.split(" ").includes(place.dataset.drop);
  const takes = (place) => !isHere(place) && !isRefused(place);

  function mark(place) {
    if (over) over.classList.remove("app-board__column--takes", "app-board__column--refuses");
    over = place;
    if (!place) say(words.grabbed);
    else if (isHere(place)) say(words.here);
    else if (isRefused(place)) say(words.refused, "", card.dataset.whyNot);
    else say(words.over, place.dataset.place);
    if (place && !isHere(place))
      place.classList.add(`app-board__column--${isRefused(place) ? "refuses" : "takes"}`);
  }

  page.querySelectorAll("[data-card]").forEach((one) => {
    one.draggable = true;
    one.querySelectorAll("a").forEach((link) => (link.draggable = false)); // the card, not its link
  });
  page.querySelector("[data-hint]").hidden = false;
  window.addEventListener("pageshow", () => (says.textContent = "")); // also on the way back

  page.addEventListener("dragstart", (event) => {
    card = event.target instanceof Element ? event.target.closest("[data-card]") : null;
    if (!card) return; // words that somebody has selected
    dropped = false;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", card.dataset.card);
    card.classList.add("app-board__item--held");
    say(words.grabbed);
  });

  document.addEventListener("dragenter", (event) => {
    const place = placeOf(event.target);
    if (card && place !== over) mark(place);
  });

  page.addEventListener("dragover", (event) => {
    const place = placeOf(event.target);
    if (!card || !place || !takes(place)) return; // the browser shows that it does not go there
    event.preventDefault();
    event.dataTransfer.dropEffect = "move";
  });

  page.addEventListener("drop", (event) => {
    const place = placeOf(event.target);
    if (!card || !place || !takes(place)) return;
    event.preventDefault();
    dropped = true;
    say(words.dropped, place.dataset.place);
    window.location.assign(`${card.dataset.move}?to=${encodeURIComponent(place.dataset.drop)}`);
  });

  // Also after Escape, and where it was let go in no place.
  page.addEventListener("dragend", () => {
    if (!card) return;
    const refused = over && isRefused(over) && !isHere(over);
    if (over) over.classList.remove("app-board__column--takes", "app-board__column--refuses");
    if (!dropped && !refused) say(words.stays); // a refusal stays to be read
    card.classList.remove("app-board__item--held");
    card = over = null;
  });
})();
