// The telephone: what is done goes to the server, and what follows from it is played. The server decides, this page shows.

import * as player from "./phone-player.js";
import { keyTone, muteTones, ringOff, ringOn } from "./phone-tones.js";
import * as view from "./phone-view.js";

const { find, words, root } = view;
const RINGS = ["desk answer", "desk busy", "desk no-answer", "desk leave"];
const SOON = 0.05; // seconds before a wait is over in which nothing is sent any more
const seconds = () => performance.now() / 1000;

// `phase` is what can be seen: a call's status, or dialling, speaking, idle. `waiting` holds actions that come too fast.
let phase = "idle", turn = null, rung = "", before = "", settled = 0, sending = false, lastAction = 0, chosen = "", waiting = [];

const isGoingOn = () => !["idle", "ended"].includes(phase);
const patient = () => find("patience").checked;

function at() {
  if (phase === "speaking") return player.position();
  const late = turn.waits === null ? Infinity : turn.waits - SOON;
  return turn.lasts + Math.min(seconds() - settled, late);
}

function go(name, text) {
  phase = name;
  view.status(name, text);
  view.usable("call", !isGoingOn());
  view.usable("hang-up", isGoingOn());
  view.usable("ahead", name === "speaking");
  if (name !== "ringing") ringOff();
}

async function send(body) {
  sending = true;
  try {
    const options = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
    const answer = await fetch(root.dataset.url, options);
    return await answer.json();
  } catch {
    return { refused: words.no_line, over: true };
  } finally {
    sending = false;
  }
}

async function begin(code = "", start = {}) {
  if (sending) return;
  player.stop();
  [turn, waiting] = [null, []];
  view.begin();
  view.typed("");
  view.desk("idle", words.desk_idle);
  go("dialling");
  const answer = await send({ at: chosen, ...start });
  if (answer.refused) return fail(answer);
  lastAction = seconds();
  take(answer);
  if (code) keys(code, 0.4);
}

// `after` seconds of this turn; null: after all that is heard. `from` is the state in which it is done.
async function action(what, after = at(), from = turn.state) {
  if (sending) return void waiting.push([what, seconds()]);
  player.stop();
  view.quiet(phase === "speaking" && what !== "wait");
  view.wait(null);
  view.refocus();
  ringOff();
  lastAction = seconds();
  const answer = await send({ state: from, action: after === null ? what : `${what} after ${after.toFixed(2)}` });
  if (!answer.refused && from === before) answer.sounds = answer.sounds.filter(({ leg }) => leg !== "desk"); // it was heard
  if (!answer.refused) return take(answer);
  if (answer.over) return fail(answer);
  waiting = [];
  view.note(what.startsWith("clock") ? words.clock_hint : answer.refused);
  settle();
}

function take(answer) {
  before = turn?.state;
  turn = answer;
  view.underneath(turn);
  if (["ringing", "talking"].includes(phase)) view.desk("idle", words.desk_idle); // until it rings or hears again
  if (turn.status === "ended") waiting = []; // nothing more can be done
  go(turn.sounds.length ? "speaking" : phase);
  player.play(turn.sounds, { onSound, onEnd: settle });
  view.refocus();
  while (waiting.length && !sending) {
    const [what, when] = waiting.shift();
    press(what, Math.max(SOON, when - lastAction));
  }
}

function onSound(sound) {
  view.typed("");
  view.heard(sound);
  if (sound.leg === "desk") view.desk("talking", words.desk_hears, ["desk hang-up"]);
}

// All that was to be heard was heard: now somebody decides.
function settle() {
  settled = seconds();
  view.quiet();
  if (turn.status === "ended") return finish(turn.ended);
  go(turn.status);
  if (phase === "ringing") {
    rung = turn.ringing.map((desk) => desk.name.toUpperCase()).join(", ");
    const digits = turn.ringing.map((desk) => desk.digits).join("");
    ringOn();
    view.desk("ringing", `${rung} ${words.desk_rings}${digits && ` (${words.then_dials} ${digits})`}`, RINGS);
    view.refocus(true);
  } else if (phase === "talking") {
    view.says(`${rung} ${words.desk_talks}`);
    view.desk("talking", `${rung} ${words.desk_talks}`, ["desk hang-up"]);
  } else view.desk(phase === "whispering" ? "talking" : "idle", words[phase === "whispering" ? "whispering" : "desk_idle"]);
  view.refocus();
}

function finish(how) {
  player.stop();
  view.wait(null);
  view.desk("idle", words.desk_idle);
  const text = words[`by_${how.replaceAll(" ", "_")}`];
  view.told(text);
  if (phase === "talking") view.says(text);
  go("ended", text);
  view.refocus();
}

function fail({ refused }) {
  player.stop();
  view.wait(null);
  view.desk("idle", words.desk_idle);
  view.note(refused);
  go("ended");
  view.refocus();
}

function keys(typed, after) {
  view.pressed(typed);
  view.typed(typed);
  action(`${turn.status === "whispering" ? "desk " : ""}press ${typed}`, after);
}

// What was pressed while the last action was on its way follows it by `late` seconds.
function press(what, late) {
  if (!what.startsWith("key ")) return action(what, what === "wait" ? null : late);
  const key = what.slice(4);
  const after = Number((late ?? at()).toFixed(2));
  if (turn.sounds.length && phase === "speaking" && (turn.keysFrom === null || after < turn.keysFrom)) return view.note(words.uncuttable);
  keys(key, after);
}

function key(name) {
  keyTone(name);
  const button = document.querySelector(`[data-key="${name}"]`);
  button.classList.add("down");
  setTimeout(() => button.classList.remove("down"), 120);
  if (!isGoingOn()) return;
  if (sending) waiting.push([`key ${name}`, seconds()]);
  else press(`key ${name}`);
}

function hangUp() {
  if (!isGoingOn()) return;
  if (sending) return void waiting.push(["hang-up", seconds()]);
  if (turn.status === "ended") return finish("caller");
  action("hang-up");
}

function silence() {
  if (!["waiting", "whispering", "ringing"].includes(phase) || sending) return;
  if (phase === "waiting") view.did(words.said_nothing);
  action("wait", null);
}

function deskDoes(button) {
  view.did(`${words.desk_did} ${button.textContent}`);
  const early = button.dataset.action === "desk hang-up" && phase === "speaking"; // during the whisper: it leaves unjoined
  if (early) action("desk leave", null, before);
  else action(button.dataset.action);
}

function setClock(moment) {
  if (sending) return;
  for (const chip of document.querySelectorAll(".chip")) chip.setAttribute("aria-pressed", chip.dataset.at === moment);
  chosen = moment;
  if (moment && find("at")) find("at").value = moment;
  if (!isGoingOn()) return view.clock(new Date(`${moment || root.dataset.now}Z`));
  if (!moment) return;
  player.ahead();
  view.did(`${words.clock_moved} ${moment.replace("T", " ")}`);
  if (isGoingOn()) action(`clock ${moment.replace("T", " ")}`, null);
}

// Ten times a second: the clock, and silence that comes to its end.
function tick() {
  if (!isGoingOn() || !turn) return;
  const passed = phase === "speaking" || sending ? at() : turn.lasts + seconds() - settled;
  view.clock(new Date(Date.parse(`${turn.began.slice(0, 19)}Z`) + passed * 1000));
  if (phase === "speaking") view.follow(player.part());
  if (!["waiting", "ringing", "whispering"].includes(phase) || sending) return view.wait(null);
  const left = turn.waits - (seconds() - settled);
  if (patient()) return view.wait(1, null);
  view.wait(Math.max(0, left / turn.waits), Math.max(0, left));
  if (left <= 0) silence();
}

find("call").addEventListener("click", () => isGoingOn() || begin("", JSON.parse(root.dataset.start)));
find("hang-up").addEventListener("click", hangUp);
find("ahead").addEventListener("click", () => player.ahead());
find("silence").addEventListener("click", silence);
find("mute").addEventListener("click", ({ currentTarget: button }) => {
  const yes = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", yes);
  player.mute(yes);
  muteTones(yes);
});
for (const button of document.querySelectorAll(".key")) button.addEventListener("click", () => key(button.dataset.key));
for (const button of document.querySelectorAll(".action")) button.addEventListener("click", () => deskDoes(button));
for (const chip of document.querySelectorAll(".chip")) chip.addEventListener("click", () => setClock(chip.dataset.at));
find("clock-form")?.addEventListener("submit", (event) => { event.preventDefault(); setClock(find("at").value.padEnd(19, ":00")); });
find("language-form").addEventListener("submit", (event) => { event.preventDefault(); begin(find("language").value); });
document.addEventListener("keydown", (event) => {
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.target.matches("input:not([type=checkbox]), select")) return;
  if (event.key === "Escape") hangUp();
  else if (find("shortcuts").checked && /^[0-9*#]$/.test(event.key)) key(event.key);
});
setClock("");
for (const part of document.querySelectorAll("[inert]")) part.inert = false; // a push before now would have been lost
setInterval(tick, 100);
