// Suggestions under a text field: the combobox pattern of WAI-ARIA (list autocomplete with manual
// selection).
const PAUSE_MS = 120;
const LETTERS_MIN = 2;

export interface Option {
    text: string;
    kind: string; // in the reader's language
}

export interface Combobox<T extends Option> {
    id: string; // of the list
    label: string;
    input: HTMLInputElement;
    // What fits a text; never rejects but when it is aborted.
    find: (text: string, signal: AbortSignal) => Promise<T[]>;
    choose: (option: T) => void;
}

// The JSON of an address below `path`, with parameters; null when there is none to be had.
export async function fetchJson(
    path: string,
    parameters: readonly (readonly [name: string, value: string])[],
    signal: AbortSignal,
): Promise<Record<string, unknown> | null> {
    const url = new URL(path, location.href);
    for (const [name, value] of parameters) url.searchParams.set(name, value);
    const answer = await fetch(url, { signal });
    return answer.ok ? ((await answer.json()) as Record<string, unknown>) : null;
}

export class Suggestions<T extends Option> {
    private readonly list = document.createElement('ul');
    private shown: T[] = [];
    private active = -1;
    private timer = 0;
    private running: AbortController | null = null;

    constructor(private readonly box: Combobox<T>) {
        const { id, label, input } = box;
        this.list.id = id;
        this.list.className = 'suggestions';
        this.list.setAttribute('role', 'listbox');
        this.list.setAttribute('aria-label', label);
        this.list.hidden = true;
        input.form?.append(this.list);
        input.setAttribute('role', 'combobox');
        input.setAttribute('aria-autocomplete', 'list');
        input.setAttribute('aria-controls', id);
        input.setAttribute('aria-expanded', 'false');
        input.addEventListener('input', () => this.typed());
        input.addEventListener('keydown', (event) => this.pressed(event));
        input.addEventListener('blur', () => this.close());
        // Before blur closes the list, so that a press on an option counts.
        this.list.addEventListener('mousedown', (event) => event.preventDefault());
        this.list.addEventListener('click', (event) => this.clicked(event));
    }

    private typed(): void {
        clearTimeout(this.timer);
        this.running?.abort();
        const text = this.box.input.value.trim();
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
            const options = await this.box.find(text, signal);
            if (!signal.aborted && document.activeElement === this.box.input) this.open(options);
        } catch {
            if (!signal.aborted) this.close();
        }
    }

    private open(options: T[]): void {
        this.shown = options;
        this.list.replaceChildren(...options.map((option, i) => this.item(option, i)));
        this.list.hidden = options.length === 0;
        this.box.input.setAttribute('aria-expanded', String(!this.list.hidden));
        this.select(-1);
    }

    private item({ text, kind }: Option, i: number): HTMLElement {
        const item = document.createElement('li');
        item.id = `${this.box.id}-${i}`;
        item.setAttribute('role', 'option');
        item.setAttribute('aria-selected', 'false');
        const label = document.createElement('span');
        label.textContent = kind;
        item.append(text, ' ', label);
        return item;
    }

    private close(): void {
        clearTimeout(this.timer);
        this.running?.abort();
        this.open([]);
    }

    private select(i: number): void {
        this.active = i;
        Array.from(this.list.children).forEach((item, at) =>
            item.setAttribute('aria-selected', String(at === i)),
        );
        const { input, id } = this.box;
        if (i < 0) input.removeAttribute('aria-activedescendant');
        else input.setAttribute('aria-activedescendant', `${id}-${i}`);
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
        const item =
            event.target instanceof Element ? event.target.closest('[role="option"]') : null;
        if (item) this.choose(Array.from(this.list.children).indexOf(item));
    }

    private choose(i: number): void {
        const chosen = this.shown[i];
        this.close();
        if (chosen) this.box.choose(chosen);
    }
}
