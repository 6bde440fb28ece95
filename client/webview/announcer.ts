import { element } from './element.ts';

/** At most this often something is read aloud, in ms. */
const ANNOUNCE_INTERVAL_MS = 1000;

/** A live region for screen readers: announces the last text of each second, and none twice. */
export function createAnnouncer(): { readonly element: HTMLElement; say(text: string): void } {
  const spoken = element('div', { class: 'spoken', role: 'status' });
  let next = '';
  let isWaiting = false;
  return {
    element: spoken,
    say(text) {
      next = text;
      if (isWaiting) return;
      isWaiting = true;
      window.setTimeout(() => {
        isWaiting = false;
        if (spoken.textContent !== next) spoken.textContent = next;
      }, ANNOUNCE_INTERVAL_MS);
    },
  };
}
