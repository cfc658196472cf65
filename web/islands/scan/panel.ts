// What is asked about the code that was read: a price and a count, of an unknown thing a title and
// a kind, too. What is known stands there already, so that one tap will do.
import type { Own, Scanned, Touch } from './queue';
import { parsePrice, type Texts } from './texts';

export type Mode = 'put' | 'sold' | 'in' | 'count';
export type Told = Omit<Touch, 'id' | 'touched_at'>;

export const ownNew = (scanned: Scanned): Own | undefined =>
    scanned.offers.find(({ condition }) => condition === 'new');

interface Question {
    mode: Mode;
    scanned: Scanned;
    told: (touch: Told, title: string) => void;
    closed: () => void;
}

export class Panel {
    private question: Question | null = null;

    constructor(
        private readonly place: HTMLElement,
        private readonly template: HTMLTemplateElement,
        private readonly texts: Texts,
        private readonly shelf: string,
    ) {
        place.addEventListener('submit', (event) => {
            event.preventDefault();
            this.submit();
        });
        place.addEventListener('click', (event) => {
            if (!(event.target as Element).closest('[data-cancel]')) return;
            event.preventDefault();
            this.close();
        });
    }

    get isOpen(): boolean {
        return this.question !== null;
    }

    ask(question: Question): void {
        this.question = question;
        const { scanned, mode } = question;
        const own = ownNew(scanned);
        this.place.replaceChildren(this.template.content.cloneNode(true));
        this.say('[data-step-title]', this.titleOf(scanned));
        this.say('[data-step-by]', scanned.product?.maker ?? '');
        this.say('[data-step-shelf]', this.shelfText(scanned));
        this.say('[data-step-code]', scanned.code);
        this.picture(scanned.image ?? '');
        this.say('[data-step-others]', this.othersText(scanned));
        this.proposals(scanned);
        this.say('[data-step-do]', this.texts.text(`do_${mode}`));
        const isDifference = mode === 'sold' || mode === 'in';
        this.show('[data-if-new]', scanned.product === null);
        this.show('[data-if-price]', own === undefined || !isDifference);
        this.show('[data-if-count]', !isDifference);
        const price = own?.price_cents ?? scanned.publisher_price_cents ?? null;
        this.field('price').value = price === null ? '' : this.texts.typedPrice(price);
        this.field('count').value = String(own ? own.stock + own.kept : 1);
        this.focus(scanned);
    }

    // Whether it could be told; else the field that is missing says so.
    submit(): boolean {
        if (!this.question) return false;
        const { mode, scanned, told } = this.question;
        const touch: Told = { code: scanned.code };
        const title = this.field('title').value.trim();
        if (scanned.product === null) {
            if (title === '' && !scanned.isUnanswered) return this.miss('title', 'no_title');
            if (title !== '') touch.title = title;
            const category = this.select('category').value;
            if (category !== '') touch.category = category;
        }
        if (this.isShown('[data-if-price]')) {
            const price = parsePrice(this.field('price').value);
            if (price === null) return this.miss('price', 'price_out_of_range');
            touch.price_cents = price;
        }
        if (this.isShown('[data-if-count]')) {
            const count = this.field('count').value.trim();
            if (!/^\d{1,6}$/.test(count)) return this.miss('count', 'quantity_out_of_range');
            touch.counted = Number(count);
        } else touch.difference = mode === 'sold' ? -1 : 1;
        this.close();
        told(touch, scanned.product?.title ?? title);
        return true;
    }

    close(): void {
        const closed = this.question?.closed;
        this.question = null;
        this.place.replaceChildren();
        closed?.();
    }

    private titleOf(scanned: Scanned): string {
        if (scanned.isUnanswered) return scanned.code;
        return scanned.product?.title ?? this.texts.text('unknown');
    }

    private shelfText(scanned: Scanned): string {
        if (scanned.isUnanswered) return this.texts.text('unanswered');
        if (scanned.product === null) return this.texts.text('unknown_what');
        const own = ownNew(scanned);
        if (!own?.is_on_shelf) return this.texts.text('not_on_shelf');
        return this.texts.text('in_shop', String(own.stock + own.kept));
    }

    // How others call what is read here.
    private othersText(scanned: Scanned): string {
        const titles = (scanned.texts ?? [])
            .filter((text) => !text.is_shown)
            .map(({ title }) => this.texts.text('quoted', title));
        return titles.length === 0 ? '' : this.texts.text('others', titles.join(', '));
    }

    private picture(path: string): void {
        const place = this.place.querySelector<HTMLElement>('[data-step-photo]');
        if (!place) return;
        place.hidden = path === '';
        if (path === '') return;
        const image = new Image(96, 96);
        image.alt = '';
        image.src = path;
        place.replaceChildren(image);
    }

    private proposals({ product, is_own_number }: Scanned): void {
        const place = this.place.querySelector<HTMLElement>('[data-step-proposals]');
        const link = place?.querySelector('a');
        if (!place || !link) return;
        place.hidden = product === null || is_own_number !== false || !navigator.onLine;
        if (product !== null) link.href = `${this.shelf}/${String(product.id)}/proposals`;
    }

    // On a phone the keyboard would cover half of the screen, where one tap is enough.
    private focus(scanned: Scanned): void {
        const isTouch = matchMedia('(pointer: coarse)').matches;
        if (scanned.product === null && !scanned.isUnanswered) this.field('title').focus();
        else if (this.field('price').value === '' && this.isShown('[data-if-price]'))
            this.field('price').focus();
        else if (isTouch || !this.isShown('[data-if-count]'))
            this.place.querySelector<HTMLButtonElement>('button[type="submit"]')?.focus();
        else this.field('count').select();
    }

    private miss(name: string, word: string): false {
        const field = this.field(name);
        field.setAttribute('aria-invalid', 'true');
        this.say('[data-step-error]', this.texts.error(word));
        field.focus();
        return false;
    }
    private field(name: string): HTMLInputElement {
        return this.place.querySelector(`input[name="${name}"]`) as HTMLInputElement;
    }
    private select(name: string): HTMLSelectElement {
        return this.place.querySelector(`select[name="${name}"]`) as HTMLSelectElement;
    }
    private say(selector: string, text: string): void {
        const element = this.place.querySelector<HTMLElement>(selector);
        if (!element) return;
        element.textContent = text;
        element.hidden = text === '';
    }
    private show(selector: string, isShown: boolean): void {
        for (const element of this.place.querySelectorAll<HTMLElement>(selector))
            element.hidden = !isShown;
    }
    private isShown(selector: string): boolean {
        return this.place.querySelector<HTMLElement>(selector)?.hidden === false;
    }
}
