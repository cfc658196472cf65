// A page of work that goes on: it is fetched again and again until the work has ended, and the end
// is said. Without an answer it is asked for again later; the link on the page does the same.
const EVERY_MS = 1000;
const EVERY_MS_MAX = 15_000;

export function startFollow(): void {
    const region = document.querySelector<HTMLElement>('#import[data-follow]');
    const live = document.querySelector('[data-follow-live]');
    if (!region || !live) return;

    const look = async (): Promise<boolean> => {
        const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
        const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
        const fresh = page.getElementById(region.id);
        if (!answer.ok || !fresh) throw new Error();
        const hadFocus = region.contains(document.activeElement);
        region.replaceChildren(...fresh.childNodes);
        if (hadFocus) document.getElementById('main')?.focus();
        const text = fresh.dataset.statusText ?? '';
        if (live.textContent !== text) live.textContent = text;
        return fresh.hasAttribute('data-follow');
    };
    const follow = (wait: number): void => {
        setTimeout(() => {
            look().then(
                (goesOn) => {
                    if (goesOn) follow(EVERY_MS);
                    else region.removeAttribute('data-follow');
                },
                () => follow(Math.min(wait * 2, EVERY_MS_MAX)),
            );
        }, wait);
    };
    follow(EVERY_MS / 2);
}
