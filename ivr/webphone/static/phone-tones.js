// The tones of a keypad, and of a telephone that rings.

const LOW = [697, 770, 852, 941], HIGH = [1209, 1336, 1477], KEYS = "123456789*0#";
let context = null, silent = false, ring = 0;

export const muteTones = (yes) => { silent = yes; };

function sound(frequencies, seconds) {
  if (silent || !window.AudioContext) return;
  context ??= new AudioContext();
  const volume = new GainNode(context, { gain: 0.06 });
  volume.gain.setTargetAtTime(0, context.currentTime + seconds - 0.02, 0.01);
  volume.connect(context.destination);
  for (const frequency of frequencies) {
    const tone = new OscillatorNode(context, { frequency });
    tone.connect(volume);
    tone.start();
    tone.stop(context.currentTime + seconds);
  }
}

export function keyTone(key) {
  const place = KEYS.indexOf(key);
  sound([LOW[Math.floor(place / 3)], HIGH[place % 3]], 0.14);
}

export function ringOn() {
  ringOff();
  const once = () => sound([400, 416], 1);
  once();
  ring = setInterval(once, 3000);
}

export const ringOff = () => clearInterval(ring);
