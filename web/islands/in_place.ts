// Forms of a list that are sent without leaving the page: of the answer, which is the whole page,
// the parts marked as places take those with the same id. Without an answer the form goes its way.
async function send(form: HTMLFormElement, button: HTMLElement | null): Promise<void> {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form, button)) body.append(name, String(value));
    const answer = await fetch(form.action, { method: 'POST', body });
    if (!(answer.headers.get('Content-Type') ?? '').startsWith('text/html')) throw new Error();
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    if (!page.querySelector('[data-in-place]')) throw new Error();
    for (const place of document.querySelectorAll('[data-in-place] [data-place]')) {
        const fresh = page.getElementById(place.id);
        if (!fresh) {
            place.remove();
            continue;
        }
        const isConcerned = place.contains(form) || place.role === 'status';
        if (isConcerned) place.replaceChildren(...fresh.childNodes);
    }
}

export function startInPlace(): void {
    const region = document.querySelector<HTMLElement>('[data-in-place]');
    region?.addEventListener('submit', (event) => {
        const form = event.target;
        const { submitter } = event;
        if (!(form instanceof HTMLFormElement) || form.method !== 'post') return;
        event.preventDefault();
        const place = form.closest<HTMLElement>('[data-place]');
        place?.setAttribute('aria-busy', 'true');
        send(form, submitter)
            .catch(() => {
                if (submitter instanceof HTMLButtonElement) {
                    const field = document.createElement('input');
                    const { name, value } = submitter;
                    Object.assign(field, { type: 'hidden', name, value });
                    form.append(field);
                }
                form.submit();
            })
            .finally(() => place?.removeAttribute('aria-busy'));
    });
}
