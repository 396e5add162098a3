/* What happens now stays true while the page is open: every half minute it is asked for again. */
const EVERY = 30000;

async function refresh() {
  const now = document.getElementById("now");
  if (document.hidden || now.contains(document.activeElement) || now.querySelector("details[open]")) return;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("now");
  if (fresh) now.replaceWith(fresh);
}

setInterval(refresh, EVERY);
