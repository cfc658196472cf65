// Suggestions under the search field: the combobox pattern of WAI-ARIA (list autocomplete with
// manual selection). Not on the results page, where typing already changes the list below.
import { findForm, formPlace, type FindForm } from './find_form';

const PAUSE_MS = 120;
const LETTERS_MIN = 2;

interface Suggestion {
    text: string;
    kind: string;
    url: string;
}

const isSuggestion = (value: unknown): value is Suggestion =>
    typeof value === 'object' &&
    value !== null &&
    'text' in value &&
    'kind' in value &&
    'url' in value;

async function fetchSuggestions(
    address: string,
    text: string,
    signal: AbortSignal,
): Promise<Suggestion[]> {
    const url = new URL(address, location.href);
    url.searchParams.set('q', text);
    const answer = await fetch(url, { signal });
    if (!answer.ok) return [];
    const body = (await answer.json()) as { suggestions?: unknown };
    return Array.isArray(body.suggestions) ? body.suggestions.filter(isSuggestion) : [];
}

class Suggestions {
    private readonly list = document.createElement('ul');
    private shown: Suggestion[] = [];
    private active = -1;
    private timer = 0;
    private running: AbortController | null = null;

    constructor(
        private readonly find: FindForm,
        private readonly address: string,
    ) {
        this.list.id = 'suggestions';
        this.list.className = 'suggestions';
        this.list.setAttribute('role', 'listbox');
        this.list.setAttribute('aria-label', find.form.dataset.suggestLabel ?? '');
        this.list.hidden = true;
        find.form.append(this.list);
        const { query } = find;
        query.setAttribute('role', 'combobox');
        query.setAttribute('aria-autocomplete', 'list');
        query.setAttribute('aria-controls', this.list.id);
        query.setAttribute('aria-expanded', 'false');
        query.addEventListener('input', () => this.typed());
        query.addEventListener('keydown', (event) => this.pressed(event));
        query.addEventListener('blur', () => this.close());
        // Before blur closes the list, so that a press on an option counts.
        this.list.addEventListener('mousedown', (event) => event.preventDefault());
        this.list.addEventListener('click', (event) => this.clicked(event));
    }

    private typed(): void {
        clearTimeout(this.timer);
        this.running?.abort();
        const text = this.find.query.value.trim();
        if (text.length < LETTERS_MIN) {
            this.close();
            return;
        }
        this.timer = window.setTimeout(() => void this.load(text), PAUSE_MS);
    }

    private async load(text: string): Promise<void> {
        this.running = new AbortController();
        const { signal } = this.running;
        try {
            const suggestions = await fetchSuggestions(this.address, text, signal);
            if (!signal.aborted && document.activeElement === this.find.query)
                this.open(suggestions);
        } catch {
            if (!signal.aborted) this.close();
        }
    }

    private open(suggestions: Suggestion[]): void {
        this.shown = suggestions;
        this.list.replaceChildren(
            ...suggestions.map((suggestion, i) => this.option(suggestion, i)),
        );
        this.list.hidden = suggestions.length === 0;
        this.find.query.setAttribute('aria-expanded', String(!this.list.hidden));
        this.select(-1);
    }

    private option({ text, kind }: Suggestion, i: number): HTMLElement {
        const option = document.createElement('li');
        option.id = `suggestion-${i}`;
        option.setAttribute('role', 'option');
        option.setAttribute('aria-selected', 'false');
        const label = document.createElement('span');
        label.textContent = this.kindText(kind);
        option.append(text, ' ', label);
        return option;
    }

    // "product", "shop", … in the reader's language: data-kind-product of the form.
    private kindText(kind: string): string {
        return this.find.form.getAttribute(`data-kind-${kind}`) ?? '';
    }

    private close(): void {
        clearTimeout(this.timer);
        this.running?.abort();
        this.open([]);
    }

    private select(i: number): void {
        this.active = i;
        Array.from(this.list.children).forEach((option, at) =>
            option.setAttribute('aria-selected', String(at === i)),
        );
        if (i < 0) this.find.query.removeAttribute('aria-activedescendant');
        else this.find.query.setAttribute('aria-activedescendant', `suggestion-${i}`);
    }

    private pressed(event: KeyboardEvent): void {
        if (event.isComposing || this.list.hidden) return;
        const count = this.shown.length;
        if (event.key === 'ArrowDown') this.select(this.active + 1 < count ? this.active + 1 : -1);
        else if (event.key === 'ArrowUp')
            this.select(this.active < 0 ? count - 1 : this.active - 1);
        else if (event.key === 'Escape') this.close();
        else if (event.key === 'Enter' && this.active >= 0) this.choose(this.active);
        else return;
        event.preventDefault();
    }

    private clicked(event: MouseEvent): void {
        const option =
            event.target instanceof Element ? event.target.closest('[role="option"]') : null;
        if (option) this.choose(Array.from(this.list.children).indexOf(option));
    }

    private choose(i: number): void {
        const chosen = this.shown[i];
        if (chosen) location.assign(this.withPlace(chosen.url));
    }

    // The place of the visitor goes along, as with every link of the page.
    private withPlace(address: string): URL {
        const url = new URL(address, location.href);
        for (const [name, value] of formPlace(this.find.form)) url.searchParams.set(name, value);
        return url;
    }
}

export function startSuggestions(): void {
    const find = findForm();
    const address = find?.form.dataset.suggest;
    if (!find || !address || document.querySelector('[data-results]')) return;
    new Suggestions(find, address);
}
