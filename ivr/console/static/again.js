// Parts of a page that go on by themselves: those with data-again are asked for after so many milliseconds, as long as
// they have it. Whoever has opened something there, or is on a link or a button, isn't disturbed. Without scripts a
// link leads to the page as it is by then.
const PARTS = "[data-again]";

function isInUse(part) {
  return document.hidden || part.contains(document.activeElement) || part.querySelector("details[open]");
}

function show(part, found) {
  part.className = found.className;
  part.toggleAttribute("data-again", false);
  if (found.dataset.again) part.dataset.again = found.dataset.again;
  if (part.innerHTML !== found.innerHTML) part.replaceChildren(...found.childNodes);
}

async function look() {
  const parts = [...document.querySelectorAll(PARTS)].filter((part) => !isInUse(part));
  try {
    const answer = parts.length ? await fetch(location.href, { headers: { Accept: "text/html" } }) : null;
    if (answer && !answer.redirected) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const part of parts) {
        const found = page.getElementById(part.id);
        if (found) show(part, found);
      }
    }
  } catch {
    // The server may be starting again.
  }
  wait();
}

function wait() {
  const times = [...document.querySelectorAll(PARTS)].map((part) => Number(part.dataset.again));
  if (times.length) setTimeout(look, Math.min(...times));
}

wait();
