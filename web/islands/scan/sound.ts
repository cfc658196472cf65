// A beep and a shake for each code, unless they are switched off; what was chosen is remembered.
const KEY = 'emplettes-scan-quiet';
const TONES = { good: 1046, known: 784, bad: 220 };

let audio: AudioContext | null = null;

export const isQuiet = (): boolean => localStorage.getItem(KEY) === '1';
export function setQuiet(quiet: boolean): void {
    localStorage.setItem(KEY, quiet ? '1' : '0');
}

export function beep(tone: keyof typeof TONES): void {
    if (isQuiet()) return;
    navigator.vibrate?.(tone === 'bad' ? [80, 60, 80] : 40);
    audio ??= new AudioContext();
    void audio.resume();
    const oscillator = audio.createOscillator();
    const volume = audio.createGain();
    oscillator.frequency.value = TONES[tone];
    volume.gain.setValueAtTime(0.2, audio.currentTime);
    volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.15);
    oscillator.connect(volume).connect(audio.destination);
    oscillator.start();
    oscillator.stop(audio.currentTime + 0.15);
}
