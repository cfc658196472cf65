// The page's own sentences, which the server has put beside the island, with {1} in them.
export class Texts {
    private readonly byKey = new Map<string, string>();
    private readonly money: Intl.NumberFormat;

    constructor(root: HTMLElement, readonly language: string) {
        for (const item of root.querySelectorAll<HTMLElement>('[data-texts] [data-key]'))
            this.byKey.set(item.dataset.key ?? '', item.textContent ?? '');
        this.money = new Intl.NumberFormat(language, { style: 'currency', currency: 'EUR' });
    }

    text(key: string, value = ''): string {
        return (this.byKey.get(key) ?? key).replace('{1}', value);
    }
    // Of a refusal; one that nobody foresaw says so, too.
    error(word: string): string {
        return this.byKey.get(`error_${word}`) ?? this.text('error_refused');
    }
    price(cents: number): string {
        return this.money.format(cents / 100);
    }
    typedPrice(cents: number): string {
        const text = (cents / 100).toFixed(2);
        return this.language === 'fr' ? text.replace('.', ',') : text;
    }
}

export function parsePrice(text: string): number | null {
    const match = /^(\d{1,6})(?:[.,](\d{1,2}))?\s*€?$/.exec(text.trim());
    if (!match) return null;
    return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
}
