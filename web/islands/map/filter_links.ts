// Filters of the list beside a map change the list alone, so that the map stays where it is. They
// are links to the page with that filter, and work as such without script.
export function startFilterLinks(list: HTMLElement): void {
    let running: AbortController | null = null;

    const load = async (address: string): Promise<void> => {
        running?.abort();
        running = new AbortController();
        const url = new URL(address, location.href);
        url.searchParams.set('fragment', '1');
        list.setAttribute('aria-busy', 'true');
        try {
            const answer = await fetch(url, { signal: running.signal });
            if (!answer.ok) return location.assign(address);
            show(await answer.text());
        } finally {
            list.removeAttribute('aria-busy');
        }
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
        history.pushState(null, '', link.href);
        void load(link.href);
    });
    addEventListener('popstate', () => void load(location.href));
}
