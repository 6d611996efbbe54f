// A page that waits: it hears of changes where there is a stream of events, and asks where there is none. What carries
// `data-live` is drawn anew, and only where it changed. Without script the page asks by itself.

const { events, again } = document.querySelector("script[data-again]").dataset;
const OFTEN = 1000; // milliseconds between two changes of the page

let due = false;

async function read() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error(answer.statusText);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

const named = (page) => [...page.querySelectorAll("[data-live]")].map((one) => one.dataset.live).join();

function whole(page) {
  document.title = page.title;
  document.querySelector("main").replaceChildren(...page.querySelector("main").childNodes);
}

function draw(page) {
  if (named(page) !== named(document)) return whole(page); // it is performed now, or over
  document.title = page.title;
  for (const now of page.querySelectorAll("[data-live]")) {
    const old = document.querySelector(`[data-live="${now.dataset.live}"]`);
    if (old.innerHTML !== now.innerHTML && !old.contains(document.activeElement)) old.replaceChildren(...now.childNodes);
  }
}

function hear() {
  const stream = new EventSource(events);
  stream.addEventListener("stands", () => {
    if (due) return;
    due = true;
    setTimeout(() => { due = false; read().then(draw, () => {}); }, OFTEN);
  });
  stream.addEventListener("ended", () => {
    stream.close();
    due = true;
    read().then(whole, () => location.reload()); // the film develops in the place of the empty frames
  });
  stream.addEventListener("error", () => {
    if (stream.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 1000 * again);
  });
}

async function ask() {
  let page = null;
  if (!document.hidden) page = await read().catch(() => null);
  if (page) draw(page);
  if (!page || page.querySelector("script[data-again]")) setTimeout(ask, 1000 * again);
}

if (events) hear();
else setTimeout(ask, 1000 * again);
