// Drawings to press lie in rows and columns: arrow keys walk them, Home and End go to the ends. What carries `data-grid`
// says how many stand in a row on a wide window; how many there are now is read from where they stand.

const pressed = (grid) => [...grid.querySelectorAll(":scope > li > :is(a, button)")];

function across(all) {
  const top = all[0].getBoundingClientRect().top;
  const below = all.findIndex((one) => Math.abs(one.getBoundingClientRect().top - top) > 4);
  return below < 0 ? all.length : below;
}

addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const grid = event.target instanceof Element ? event.target.closest("[data-grid]") : null;
  if (!grid || event.target.matches("input")) return;
  const all = pressed(grid);
  const at = all.indexOf(event.target);
  if (at < 0) return;
  const forward = getComputedStyle(grid).direction === "rtl" ? -1 : 1;
  const steps = { ArrowLeft: -forward, ArrowRight: forward, ArrowUp: -across(all), ArrowDown: across(all) };
  const to = { Home: 0, End: all.length - 1 }[event.key] ?? at + (steps[event.key] ?? Number.NaN);
  if (!all[to]) return;
  event.preventDefault();
  all[to].focus();
});
