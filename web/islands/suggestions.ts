// Products, shops and categories under the search field. Not on the results page, where typing
// already changes the list below.
import { fetchJson, Suggestions, type Option } from './combobox';
import { findForm, formPlace } from './find_form';

interface Suggestion extends Option {
    url: string;
}

const isSuggestion = (value: unknown): value is Suggestion =>
    typeof value === 'object' &&
    value !== null &&
    'text' in value &&
    'kind' in value &&
    'url' in value;

export function startSuggestions(): void {
    const find = findForm();
    const address = find?.form.dataset.suggest;
    if (!find || !address || document.querySelector('[data-results]')) return;
    // "product", "shop", … in the reader's language: data-kind-product of the form.
    const kindText = (kind: string): string => find.form.getAttribute(`data-kind-${kind}`) ?? '';
    new Suggestions<Suggestion>({
        id: 'suggestions',
        label: find.form.dataset.suggestLabel ?? '',
        input: find.query,
        find: async (text, signal) => {
            const { suggestions } = (await fetchJson(address, [['q', text]], signal)) ?? {};
            const found = Array.isArray(suggestions) ? suggestions.filter(isSuggestion) : [];
            return found.map((one) => ({ ...one, kind: kindText(one.kind) }));
        },
        // The place of the visitor goes along, as with every link of the page.
        choose: ({ url: address }) => {
            const url = new URL(address, location.href);
            for (const [name, value] of formPlace(find.form)) url.searchParams.set(name, value);
            location.assign(url);
        },
    });
}
