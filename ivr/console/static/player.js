// One small button for each clip in place of the browser's large player, and one sound at a time.
"use strict";

const sound = new Audio();
let playing = null;

function show(button, isPlaying) {
  button.classList.toggle("is-playing", isPlaying);
  button.setAttribute("aria-pressed", String(isPlaying));
}

function stop() {
  sound.pause();
  if (playing) show(playing, false);
  playing = null;
}

function toggle(button) {
  const isPlaying = button === playing;
  stop();
  if (isPlaying) return;
  playing = button;
  sound.src = button.dataset.src;
  show(button, true);
  sound.play().catch(() => playing === button && stop());
}

sound.addEventListener("ended", stop);
sound.addEventListener("error", stop);
document.querySelectorAll("audio.clip").forEach((player) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "play";
  button.dataset.src = player.getAttribute("src");
  button.setAttribute("aria-label", player.getAttribute("aria-label"));
  show(button, false);
  button.addEventListener("click", () => toggle(button));
  player.replaceWith(button);
});
