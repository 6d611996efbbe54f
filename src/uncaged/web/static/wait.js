// A page that waits for a work: it hears of changes instead of asking for them. Without script it asks by itself.

const { events, again } = document.querySelector("script[data-events]").dataset;
const OFTEN = 2000; // milliseconds between two changes of the page

let due = false;

async function draw() {
  due = false;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const [old, now] = [document, page].map((one) => one.querySelector("[aria-live]"));
  if (old && now && old.innerHTML !== now.innerHTML) old.replaceChildren(...now.childNodes);
}

const stream = new EventSource(events);
stream.addEventListener("stands", () => {
  if (due) return;
  due = true;
  setTimeout(draw, OFTEN);
});
stream.addEventListener("ended", () => {
  stream.close();
  location.reload();
});
stream.addEventListener("error", () => {
  if (stream.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 1000 * again);
});
