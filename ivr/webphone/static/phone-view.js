// Shows what happens: the screen, the desk's side, what is said, the TwiML. It decides nothing.

import { pretty } from "./phone-twiml.js";

export const find = (id) => document.getElementById(id);
export const root = find("telephone");
export const words = JSON.parse(root.dataset.words);
const weekdays = root.dataset.weekdays.split(" ");
let bubble = null, held = null; // what is said, and what had the focus last
document.addEventListener("focusin", ({ target }) => { held = target; });

function element(tag, name, text = "", attributes = {}) {
  return Object.assign(document.createElement(tag), { className: name, textContent: text, ...attributes });
}

function log(node) {
  const place = find("log");
  const atEnd = place.scrollHeight - place.scrollTop - place.clientHeight < 80;
  place.querySelector(".hint")?.remove();
  place.append(node);
  if (atEnd) place.scrollTop = place.scrollHeight;
}

export function begin() {
  bubble = null;
  const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  if (matchMedia("(max-width: 59.99rem)").matches) document.querySelector(".handset").scrollIntoView({ behavior });
  for (const id of ["log", "documents", "heard", "desk-hears"]) find(id).replaceChildren();
  told(words.you_called);
}

export const told = (text) => log(element("div", "told", text));

export function pressed(keys) {
  const last = find("log").lastElementChild;
  if (last?.matches(".did.typed-keys")) return void (last.querySelector("b").textContent += keys);
  const did = element("div", "did typed-keys", `${words.you_pressed} `);
  did.append(element("b", "", keys));
  log(did);
}

export const did = (text) => log(element("div", "did", text));

// A sentence, and what it means where the page is in another language.
function sentence({ text, lang, dir, means, meansLang }, name) {
  const said = element("p", name, text, { lang, dir });
  return means ? [said, element("p", "gloss", means, { lang: meansLang, dir: "ltr" })] : [said];
}

export function heard(sound) {
  quiet();
  const lines = sound.lines.length ? sound.lines : [{ text: `(${words.tones})`, lang: "", dir: "auto" }];
  const written = () => lines.flatMap((line) => sentence(line, lines.length > 1 ? "many" : ""));
  bubble = element("div", "said on");
  bubble.dataset.leg = sound.leg;
  const notes = element("small", "");
  if (sound.leg === "desk") notes.append(element("span", "", words.desk_hears));
  if (sound.kind === "say") notes.append(element("span", "twilio", words.by_twilio));
  if (sound.prompt) notes.append(element("span", "", sound.prompt));
  bubble.append(...written(), notes);
  log(bubble);
  const place = find(sound.leg === "desk" ? "desk-hears" : "heard");
  place.replaceChildren(...written());
  if (sound.kind === "say" && sound.leg === "caller") place.append(element("p", "hint", words.by_twilio));
  place.scrollTop = 0;
}

// A long text moves along with the voice, unless somebody is reading it.
export function follow(part) {
  const place = find("heard");
  if (!place.matches(":hover, :focus")) place.scrollTop = (place.scrollHeight - place.clientHeight) * Math.max(0, part * 1.3 - 0.2);
}

// Nothing sounds any more; `cut` if it was cut short.
export function quiet(cut = false) {
  bubble?.classList.remove("on");
  bubble?.classList.toggle("cut", cut);
  bubble = null;
}

export function status(name, text = words[name]) {
  if (find("screen").dataset.status !== name || find("status").textContent !== text) find("status").textContent = text;
  find("screen").dataset.status = name;
}

export function note(text) {
  find("typed").classList.add("note");
  find("typed").textContent = text;
}

export function typed(key) {
  const place = find("typed");
  if (place.classList.contains("note") || !key) place.textContent = "";
  place.classList.remove("note");
  place.textContent += key;
}

// In place of what was heard.
export const says = (text) => find("heard").replaceChildren(element("p", "", text));

const two = (number) => String(number).padStart(2, "0");

export function clock(moment) {
  const time = [moment.getUTCHours(), moment.getUTCMinutes(), moment.getUTCSeconds()].map(two).join(":");
  find("clock").textContent = `${weekdays[(moment.getUTCDay() + 6) % 7]} ${time}`;
}

// `part` of the wait is left, and so many seconds; null: nobody waits.
export function wait(part, left) {
  find("wait").hidden = part === null;
  if (part === null) return;
  find("wait-part").style.setProperty("--part", part);
  find("wait-text").textContent = left === null ? "∞" : `${Math.ceil(left)} ${words.seconds}`;
}

export function desk(name, says, actions = []) {
  find("desk").dataset.status = name;
  if (find("desk-says").textContent !== says) find("desk-says").textContent = says;
  find("desk-actions").hidden = !actions.length;
  for (const button of document.querySelectorAll(".action")) button.hidden = !actions.includes(button.dataset.action);
  if (name === "idle" || name === "ringing") find("desk-hears").replaceChildren();
}

// A button that is of no use keeps the focus, so that it isn't `disabled`.
export const usable = (id, yes) => find(id).setAttribute("aria-disabled", !yes);

// From a button that went away the keyboard goes on with the desk's next one, else with what is said. A desk that rings is
// answered by whoever was at the handset.
export function refocus(rings = false) {
  const at = document.activeElement;
  const lost = (at === document.body ? held : at)?.closest("[hidden]");
  const next = document.querySelector(".actions:not([hidden]) .action:not([hidden])");
  const isAtHandset = at === document.body || at.closest(".handset");
  if (next && (lost || (rings && isAtHandset))) next.focus();
  else if (lost) find("heard").focus();
}

export function underneath(turn) {
  const shown = turn.documents.map((page) => {
    const folded = element("details", "", "", { open: true });
    const path = page.url.replace(/^https?:\/\/[^/]+/, "");
    folded.append(element("summary", "", page.leg === "desk" ? `${path} · ${words.desk_side}` : path), pretty(page.body));
    return folded;
  });
  for (const old of find("documents").children) old.open = false;
  find("documents").prepend(...shown.reverse());
  find("path").hidden = !turn.path;
  find("path").href = turn.path;
  find("problems").hidden = !turn.problems.length;
  find("problems").querySelector("ul").replaceChildren(...turn.problems.map((text) => element("li", "", text)));
  find("desks").replaceChildren(...turn.desks.map(({ name, open }) => {
    const line = element("li", "", ` ${words[open ? "open" : "closed"]}`);
    line.dataset.open = open;
    line.prepend(element("span", "desk-name", name));
    return line;
  }));
}
