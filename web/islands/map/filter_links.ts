// Filters of the list beside a map change the list alone, so that the map stays where it is. They
// are links to the page with that filter, and work as such without script.

const withoutHash = (address: string): string => address.replace(/#.*/, '');

export function startFilterLinks(list: HTMLElement): void {
    let running: AbortController | null = null;
    let page = withoutHash(location.href);

    const load = async (address: string): Promise<void> => {
        running?.abort();
        const mine = new AbortController();
        running = mine;
        const fragment = new URL(address);
        fragment.searchParams.set('fragment', '1');
        list.setAttribute('aria-busy', 'true');
        try {
            const answer = await fetch(fragment, { signal: mine.signal });
            if (!answer.ok) throw new Error(`status ${answer.status}`);
            const html = await answer.text();
            if (running !== mine) return;
            if (address !== page) history.pushState(null, '', address);
            page = address;
            show(html);
        } catch {
            if (!mine.signal.aborted) fail();
        } finally {
            if (running === mine) list.removeAttribute('aria-busy');
        }
    };

    // Where the count stands, to be seen and to be heard; the map's next move writes it again.
    const fail = (): void => {
        for (const place of document.querySelectorAll('[data-map-count]'))
            place.textContent = list.dataset.failed ?? '';
    };

    const show = (html: string): void => {
        const filter = document.activeElement?.closest<HTMLElement>('[data-filter]');
        const isUnfolded = list.querySelector('details')?.open === true;
        list.innerHTML = html;
        const details = list.querySelector('details');
        if (details && isUnfolded) details.open = true;
        const key = CSS.escape(filter?.dataset.filter ?? '');
        if (filter) list.querySelector<HTMLElement>(`[data-filter="${key}"]`)?.focus();
    };

    list.addEventListener('click', (event) => {
        const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
        const link = event.target instanceof Element && event.target.closest('a[data-filter]');
        if (!(link instanceof HTMLAnchorElement) || event.button !== 0 || !isPlain) return;
        event.preventDefault();
        void load(withoutHash(link.href));
    });
    // Links within the page come here, too: they change what follows the "#" alone.
    addEventListener('popstate', () => {
        const address = withoutHash(location.href);
        if (address === page) return;
        page = address;
        void load(address);
    });
}
