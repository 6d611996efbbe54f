// Films move under the pointer and in the focus, without sound, and stop when it leaves. What carries `data-film` is a
// link to a work: Enter opens it. On a contact strip the frame that is pointed at plays, from its own moment on.

const FRAMES = 8;
const still = matchMedia("(prefers-reduced-motion: reduce)");

function stop(link) {
  const film = link.querySelector("video");
  if (!film) return;
  film.pause();
  film.removeAttribute("src"); // what was not needed any more is not fetched any more
  film.load();
  film.remove();
}

function play(link, number) {
  if (still.matches || link.querySelector("video")) return;
  const film = document.createElement("video");
  film.muted = film.loop = film.playsInline = true;
  film.disablePictureInPicture = true;
  film.setAttribute("aria-hidden", "true");
  film.tabIndex = -1;
  if (number !== null) {
    film.className = `frame n${number}`;
    film.addEventListener("loadedmetadata", () => { film.currentTime = (film.duration * number) / FRAMES; });
  }
  film.src = link.dataset.film;
  film.addEventListener("error", () => film.remove());
  link.append(film);
  film.play().catch(() => film.remove()); // the browser says no: the strip stays
}

function under(link, event) {
  if (!link.matches(".strip")) return null;
  const box = link.getBoundingClientRect();
  const rows = link.querySelector(".rest")?.getClientRects().length ? 2 : 1; // in the hand it is two rows of four
  const [x, y] = event.clientX === undefined ? [0, 0] : [event.clientX - box.left, event.clientY - box.top];
  const column = Math.floor((x / box.width) * (FRAMES / rows));
  const row = Math.floor((y / box.height) * rows);
  return Math.max(0, Math.min(FRAMES - 1, row * (FRAMES / rows) + column));
}

const of = (event) => (event.target instanceof Element ? event.target.closest("[data-film]") : null);

function moved(event) {
  const link = of(event);
  if (!link || event.pointerType === "touch") return;
  const number = under(link, event);
  const film = link.querySelector("video");
  if (film && number !== null && !film.classList.contains(`n${number}`)) stop(link);
  play(link, number);
}

addEventListener("pointerover", moved);
addEventListener("pointermove", (event) => { if (of(event)?.matches(".strip")) moved(event); });
addEventListener("pointerout", (event) => {
  const link = of(event);
  if (link && !link.contains(event.relatedTarget) && link !== document.activeElement) stop(link);
});
addEventListener("focusin", (event) => {
  const link = of(event);
  if (link?.matches(":focus-visible")) play(link, under(link, event));
});
addEventListener("focusout", (event) => { const link = of(event); if (link) stop(link); });
still.addEventListener("change", () => document.querySelectorAll("[data-film]").forEach(stop));
