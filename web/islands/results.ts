// Results while typing: the results page without its frame (`fragment=1`) replaces the list below
// the field. The address follows, so that reload, share and back show the same.
import { findForm, formUrl } from './find_form';

const PAUSE_MS = 120;

export function startResults(): void {
    const region = document.querySelector<HTMLElement>('[data-results]');
    const live = document.querySelector<HTMLElement>('[data-live]');
    const find = findForm();
    if (!region || !live || !find) return;

    let timer = 0;
    let running: AbortController | null = null;
    let shown = formUrl(find.form).href;

    const show = (html: string, url: URL): void => {
        region.innerHTML = html;
        const results = region.querySelector<HTMLElement>('[data-count]');
        history.replaceState(null, '', url);
        document.title = results?.dataset.title ?? document.title;
        live.textContent = results?.dataset.count ?? '';
    };

    const load = async (): Promise<void> => {
        const url = formUrl(find.form);
        if (url.href === shown) return;
        shown = url.href;
        running?.abort();
        const mine = new AbortController();
        running = mine;
        const fragment = new URL(url);
        fragment.searchParams.set('fragment', '1');
        region.setAttribute('aria-busy', 'true');
        try {
            const answer = await fetch(fragment, { signal: mine.signal });
            if (!answer.ok) throw new Error(`status ${answer.status}`);
            const html = await answer.text();
            if (running === mine) show(html, url);
        } catch (error) {
            if (mine.signal.aborted) return;
            shown = '';
            live.textContent = region.dataset.failed ?? '';
        } finally {
            if (running === mine) region.removeAttribute('aria-busy');
        }
    };

    find.query.addEventListener('input', (event) => {
        if (event instanceof InputEvent && event.isComposing) return;
        clearTimeout(timer);
        timer = window.setTimeout(() => void load(), PAUSE_MS);
    });
}
