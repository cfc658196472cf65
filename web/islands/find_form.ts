// The search form of the page: the bar's or, on the home page, the large one.
export interface FindForm {
    form: HTMLFormElement;
    query: HTMLInputElement;
    near: HTMLInputElement;
}

export function findForm(): FindForm | null {
    const form = document.querySelector<HTMLFormElement>('[data-find]');
    const query = form?.querySelector<HTMLInputElement>('input[name="q"]');
    const near = form?.querySelector<HTMLInputElement>('input[name="near"]');
    return form && query && near ? { form, query, near } : null;
}

// The address that sending the form would open, without empty fields.
export function formUrl(form: HTMLFormElement): URL {
    const url = new URL(form.action, location.href);
    url.search = '';
    for (const [name, value] of new FormData(form)) {
        if (typeof value === 'string' && value.trim() !== '') url.searchParams.set(name, value);
    }
    return url;
}
