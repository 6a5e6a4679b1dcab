import {html} from "../parts/html.js";

/** What a page may do to be noticed. */
export interface AnnouncerEffects {
  readonly beep: () => void;
  readonly notify: (text: string) => void;
  /** Asks the reader's browser whether it may. */
  readonly allowNotify: () => Promise<boolean>;
}

/** Sound and notification, both off until the reader turns them on, on this page and until it is left. */
export interface Announcer {
  readonly node: HTMLElement;
  announce(text: string): void;
}

/** Two boxes, and what they turn on. A browser that refuses notifications is said to. */
export function announcer(effects: AnnouncerEffects = browserEffects): Announcer {
  const sound = html`<input type="checkbox" />` as HTMLInputElement;
  const notify = html`<input type="checkbox" />` as HTMLInputElement;
  const refusal = html`<span role="status"></span>`;
  sound.addEventListener("change", () => sound.checked && effects.beep()); // so that one knows how it sounds
  notify.addEventListener("change", async () => {
    refusal.textContent = "";
    if (!notify.checked || (await effects.allowNotify())) return;
    notify.checked = false;
    refusal.textContent = "This browser does not let the page notify.";
  });
  return {
    node: html`<div class="announcer" role="group" aria-label="When an alert fires">
      <label>${sound} Sound</label><label>${notify} Notification</label>${refusal}
    </div>`,
    announce(text) {
      if (sound.checked) effects.beep();
      if (notify.checked) effects.notify(text);
    }
  };
}

const browserEffects: AnnouncerEffects = {
  beep() {
    const context = new AudioContext();
    const [tone, gain] = [context.createOscillator(), context.createGain()];
    tone.frequency.value = 880;
    gain.gain.setValueAtTime(0.1, context.currentTime);
    gain.gain.exponentialRampToValueAtTime(0.001, context.currentTime + 0.4);
    tone.connect(gain).connect(context.destination);
    tone.start();
    tone.stop(context.currentTime + 0.4);
    tone.onended = () => void context.close();
  },
  notify: (text) => void new Notification("Tapebook", {body: text, tag: text}),
  allowNotify: async () => "Notification" in window && (await Notification.requestPermission()) === "granted"
};
