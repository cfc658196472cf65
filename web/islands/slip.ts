// Live status of a slip: when the shop answers, the slip is fetched again and the change is said.
function readStatus(event: Event): string {
    try {
        const data: unknown = event instanceof MessageEvent ? JSON.parse(String(event.data)) : null;
        const status = (data as { status?: unknown } | null)?.status;
        return typeof status === 'string' ? status : '';
    } catch {
        return '';
    }
}

export function startSlip(): void {
    const region = document.querySelector<HTMLElement>('[data-slip]');
    const live = document.querySelector<HTMLElement>('[data-live]');
    const address = region?.dataset.events;
    if (!region || !live || !address) return;

    const shown = (): DOMStringMap =>
        region.querySelector<HTMLElement>('[data-status]')?.dataset ?? {};

    const refresh = async (): Promise<void> => {
        const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
        if (!answer.ok) return;
        const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
        const fresh = page.querySelector('[data-slip]');
        if (!fresh) return;
        const hadFocus = region.contains(document.activeElement);
        region.replaceChildren(...fresh.childNodes);
        if (hadFocus) document.getElementById('main')?.focus();
        live.textContent = `${region.dataset.changed ?? ''} ${shown().statusText ?? ''}`;
    };

    const source = new EventSource(address);
    source.addEventListener('reservation', (event) => {
        const status = readStatus(event);
        if (status !== '' && status !== shown().status) void refresh();
    });
    addEventListener('pagehide', () => source.close());
}
