// Live status of a slip: when the shop answers, the slip is fetched again and the change is said.
interface ReservationEvent {
    status: string;
    status_text: string;
}

function readEvent(data: string): ReservationEvent | null {
    try {
        const value = JSON.parse(data) as Partial<ReservationEvent>;
        return typeof value.status === 'string' && typeof value.status_text === 'string'
            ? { status: value.status, status_text: value.status_text }
            : null;
    } catch {
        return null;
    }
}

export function startSlip(): void {
    const region = document.querySelector<HTMLElement>('[data-slip]');
    const live = document.querySelector<HTMLElement>('[data-live]');
    const address = region?.dataset.events;
    if (!region || !live || !address) return;

    const shownStatus = (): string =>
        region.querySelector<HTMLElement>('[data-status]')?.dataset.status ?? '';

    const refresh = async (): Promise<void> => {
        const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
        if (!answer.ok) return;
        const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
        const fresh = page.querySelector('[data-slip]');
        if (!fresh) return;
        const hadFocus = region.contains(document.activeElement);
        region.replaceChildren(...fresh.childNodes);
        if (hadFocus) document.getElementById('main')?.focus();
    };

    const source = new EventSource(address);
    source.addEventListener('reservation', (event) => {
        const change = event instanceof MessageEvent ? readEvent(String(event.data)) : null;
        if (!change || change.status === shownStatus()) return;
        void refresh().then(() => {
            live.textContent = `${region.dataset.changed ?? ''} ${change.status_text}`;
        });
    });
    addEventListener('pagehide', () => source.close());
}
