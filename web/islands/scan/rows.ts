// The list of what was done, the last first: each with its state, and a way back.
import type { Answer } from './counter_api';
import type { Entry } from './queue';
import type { Texts } from './texts';

const SHOWN_MAX = 30;
const ASKABLE = ['unknown_product', 'no_price', 'no_title'];

export interface RowActions {
    undo: (id: string) => void;
    complete: (id: string) => void;
    drop: (id: string) => void;
}

export class Rows {
    constructor(
        private readonly list: HTMLElement,
        private readonly template: HTMLTemplateElement,
        private readonly texts: Texts,
        actions: RowActions,
    ) {
        list.addEventListener('submit', (event) => {
            event.preventDefault();
            const button = (event as SubmitEvent).submitter as HTMLButtonElement | null;
            const id = (event.target as Element).closest('li')?.dataset.touch;
            if (!id) return;
            if (button?.value === 'complete') actions.complete(id);
            else if (button?.value === 'drop') actions.drop(id);
            else actions.undo(id);
        });
    }

    add(entry: Entry): void {
        const known = this.find(entry.touch.id);
        const row = known ?? this.make(entry.touch.id);
        this.say(row, '[data-row-title]', entry.title || entry.touch.code);
        this.say(row, '[data-row-name]', ` ${entry.title || entry.touch.code}`);
        this.say(row, '[data-row-did]', this.didText(entry));
        this.setState(row, entry.error === '' ? 'waiting' : 'refused', entry.error);
        if (!known) this.list.prepend(row);
        while (this.list.children.length > SHOWN_MAX) this.list.lastElementChild?.remove();
        const section = this.list.closest<HTMLElement>('[data-recent-section]');
        if (section) section.hidden = false;
    }

    answered(entry: Entry, answer: Answer): void {
        const row = this.find(entry.touch.id);
        if (!row) return;
        const isUndo = entry.kind === 'undo';
        if (answer.status === 'refused') this.setState(row, 'refused', answer.error ?? '');
        else if (isUndo) this.setState(row, 'undone');
        else this.setState(row, answer.is_late ? 'late' : 'sent');
        if (answer.product) this.say(row, '[data-row-title]', answer.product.title);
    }

    undone(id: string): void {
        const row = this.find(id);
        if (row) this.setState(row, 'undone');
    }
    remove(id: string): void {
        this.find(id)?.remove();
    }

    private make(id: string): HTMLElement {
        const copy = this.template.content.cloneNode(true) as DocumentFragment;
        const row = copy.querySelector('li') as HTMLElement;
        row.dataset.touch = id;
        return row;
    }
    private find(id: string): HTMLElement | null {
        return this.list.querySelector<HTMLElement>(`li[data-touch="${CSS.escape(id)}"]`);
    }

    private didText({ touch }: Entry): string {
        const parts: string[] = [];
        if (touch.counted !== undefined)
            parts.push(this.texts.text('did_counted', String(touch.counted)));
        if ((touch.difference ?? 0) < 0) parts.push(this.texts.text('did_sold'));
        if ((touch.difference ?? 0) > 0) parts.push(this.texts.text('did_in'));
        if (touch.price_cents !== undefined) parts.push(this.texts.price(touch.price_cents));
        return parts.join(' · ');
    }

    private setState(row: HTMLElement, state: string, error = ''): void {
        row.dataset.state = state;
        const isRefused = state === 'refused';
        const text = isRefused ? this.texts.error(error) : this.texts.text(`row_${state}`);
        this.say(row, '[data-row-state]', text);
        this.show(row, 'undo', !isRefused && state !== 'undone');
        this.show(row, 'complete', isRefused && ASKABLE.includes(error));
        this.show(row, 'drop', isRefused);
    }
    private show(row: HTMLElement, action: string, isShown: boolean): void {
        for (const button of row.querySelectorAll<HTMLElement>(`button[value="${action}"]`))
            button.hidden = !isShown;
    }
    private say(row: HTMLElement, selector: string, text: string): void {
        const element = row.querySelector(selector);
        if (element) element.textContent = text;
    }
}
