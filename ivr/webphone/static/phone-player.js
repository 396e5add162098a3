// Plays the sounds of a turn one after another and knows how far it is, in seconds of the turn.

const audio = new Audio();
let sounds = [], place = -1, since = 0, timer = 0, told = null;

const seconds = () => performance.now() / 1000;
const playsItself = (sound) => sound.url && !audio.error && audio.src.endsWith(sound.url) && !audio.paused;

export const mute = (yes) => { audio.muted = yes; };

export function play(list, { onSound, onEnd }) {
  stop();
  [sounds, place, told] = [list, -1, { onSound, onEnd }];
  for (const sound of list) if (sound.url) fetch(sound.url).catch(() => {}); // into the browser's cache, so that there are no gaps
  next();
}

// Silent at once; what is still to come is never heard.
export function stop() {
  clearTimeout(timer);
  audio.pause();
  [sounds, place, told] = [[], -1, null];
}

// Everything counts as heard.
export function ahead() {
  if (!told) return;
  const { onSound, onEnd } = told;
  const rest = sounds.slice(place + 1);
  stop();
  rest.forEach(onSound);
  onEnd();
}

const heard = (sound) => Math.min(playsItself(sound) ? audio.currentTime : seconds() - since, sound.seconds);

export function position() {
  const sound = sounds[place];
  return sound ? Math.max(0, sound.at + heard(sound)) : 0;
}

// How much of the present sound was heard, 0 to 1.
export const part = () => (sounds[place] ? heard(sounds[place]) / sounds[place].seconds : 1);

function next() {
  clearTimeout(timer);
  place += 1;
  if (place >= sounds.length) {
    const { onEnd } = told;
    stop();
    return onEnd();
  }
  const sound = sounds[place];
  since = seconds();
  told.onSound(sound);
  if (!sound.url) return wait(sound.seconds);
  audio.src = sound.url;
  audio.play().catch(() => told && sounds[place] === sound && wait(sound.seconds - (seconds() - since)));
}

// What can't be played here, such as a Twilio voice, takes its time all the same.
function wait(left) {
  clearTimeout(timer);
  timer = setTimeout(next, Math.max(0, left) * 1000);
}

audio.addEventListener("ended", () => told && next());
