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

// What the form says, without empty fields. A position goes along only while `near` says what it
// said when the position was known, as the server has it (src/site/where.h).
function filledFields(form: HTMLFormElement): [name: string, value: string][] {
    const fields = Array.from(new FormData(form)).flatMap(([name, value]) =>
        typeof value === 'string' ? [[name, value.trim()] as [string, string]] : [],
    );
    const text = (wanted: string): string =>
        fields.find(([name]) => name === wanted)?.[1] ?? '';
    const isNearEdited = text('near') !== text('near_known');
    const dropped = isNearEdited ? ['lat', 'lon', 'near_known'] : ['near_known'];
    return fields.filter(([name, value]) => value !== '' && !dropped.includes(name));
}

// The address that sending the form would open.
export function formUrl(form: HTMLFormElement): URL {
    const url = new URL(form.action, location.href);
    url.search = '';
    for (const [name, value] of filledFields(form)) url.searchParams.append(name, value);
    return url;
}

// Where the visitor is, as the form says it: near, lat and lon, those that are filled in.
export const formPlace = (form: HTMLFormElement): [name: string, value: string][] =>
    filledFields(form).filter(([name]) => ['near', 'lat', 'lon'].includes(name));

const DECIMALS = 5;

// What stands in `near` is known to be there (src/site/where.h).
export function keepPlace({ form, near }: FindForm, place: { lat: number; lon: number }): void {
    const fields = {
        lat: place.lat.toFixed(DECIMALS),
        lon: place.lon.toFixed(DECIMALS),
        near_known: near.value,
    };
    for (const [name, value] of Object.entries(fields)) {
        const known = form.querySelector<HTMLInputElement>(`input[name="${name}"]`);
        const field = known ?? document.createElement('input');
        field.type = 'hidden';
        field.name = name;
        field.value = value;
        if (!known) form.append(field);
    }
}
