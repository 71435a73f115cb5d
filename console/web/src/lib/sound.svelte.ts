import { isUrgent } from './levels';

/** A short tone for what interrupts. It is off by a key, and one window of a browser sounds it for all. */
export const sound = $state({ on: localStorage.getItem('sound') !== 'off' });

const PAUSE_MS = 1000;
let context: AudioContext | undefined;
let isMine = false;
let last = 0;

void navigator.locks?.request('sound', () => {
  isMine = true;
  return new Promise(() => undefined);
});

export function setSound(on: boolean) {
  sound.on = on;
  localStorage.setItem('sound', on ? 'on' : 'off');
  if (on) {
    play([660]);
  }
}

export function ring(priority: number) {
  // Browsers let a page sound only after a first key or click on it.
  if (sound.on && isMine && navigator.userActivation.hasBeenActive && Date.now() - last > PAUSE_MS) {
    last = Date.now();
    play(isUrgent(priority) ? [880, 660, 880] : [660]);
  }
}

function play(tones: number[]) {
  context ??= new AudioContext();
  void context.resume();
  tones.forEach((frequency, i) => {
    const [at, tone, volume] = [context!.currentTime + i * 0.18, context!.createOscillator(), context!.createGain()];
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0.2, at);
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.16);
    tone.connect(volume).connect(context!.destination);
    tone.start(at);
    tone.stop(at + 0.17);
  });
}
