// The count of a pledge, as it grows. The server tells it once a second at most, when it changed.
function readCounted(event: Event): number | null {
    try {
        const data: unknown = event instanceof MessageEvent ? JSON.parse(String(event.data)) : null;
        const counted = (data as { counted?: unknown } | null)?.counted;
        return typeof counted === 'number' ? counted : null;
    } catch {
        return null;
    }
}

export function startPledge(): void {
    const region = document.querySelector<HTMLElement>('[data-pledge]');
    const count = region?.querySelector<HTMLElement>('[data-count]');
    const bar = region?.querySelector('progress');
    const address = region?.dataset.events;
    if (!count || !bar || !address) return;

    const format = new Intl.NumberFormat(document.documentElement.lang);
    const source = new EventSource(address);
    source.addEventListener('count', (event) => {
        const counted = readCounted(event);
        if (counted === null) return;
        count.textContent = format.format(counted);
        bar.value = Math.max(0, Math.min(counted, bar.max));
    });
    addEventListener('pagehide', () => source.close());
}
