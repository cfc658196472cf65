// The list beside a map. An entry of a shop is the item of the list that links to its page.
import { isWithin, readPoints, type Bounds, type ShopPoint } from './shop_points';

const LOOKED_AT = 'looked-at';

export class ShopList {
    points: ShopPoint[] = [];
    private entries = new Map<string, HTMLElement[]>(); // by the shop's address
    private shops = new Map<HTMLElement, string[]>(); // of an item and of those within it

    constructor(private readonly root: HTMLElement) {
        this.read();
    }

    // Calls when the list says something else: results while typing, another filter.
    onChange(listen: () => void): void {
        new MutationObserver(() => {
            this.read();
            listen();
        }).observe(this.root, { childList: true });
    }

    // Calls with the shops of the item that the pointer or the focus is on; none: it has left.
    onLook(listen: (urls: string[]) => void): void {
        const look = ({ target }: Event): void => listen(this.shopsAt(target));
        const leave = (): void => listen([]);
        this.root.addEventListener('pointerover', look);
        this.root.addEventListener('pointerleave', leave);
        this.root.addEventListener('focusin', look);
        this.root.addEventListener('focusout', leave);
    }

    // Calls when a button "on the map" of an entry is pressed.
    onPick(listen: (url: string, from: HTMLElement) => void): void {
        this.root.addEventListener('click', ({ target }) => {
            const button = target instanceof Element && target.closest('[data-pick]');
            const url = this.shopsAt(target)[0];
            if (button instanceof HTMLElement && url) listen(url, button);
        });
    }

    mark(url: string | null): void {
        for (const entry of this.root.querySelectorAll(`.${LOOKED_AT}`))
            entry.classList.remove(LOOKED_AT);
        if (url) for (const entry of this.of(url)) entry.classList.add(LOOKED_AT);
    }

    scrollTo(url: string): void {
        this.of(url)[0]?.scrollIntoView({ block: 'nearest' });
    }

    // Leaves only the shops within; returns how many they are.
    narrow(bounds: Bounds): number {
        let count = 0;
        for (const point of this.points) {
            const isShown = isWithin(point, bounds);
            if (isShown) count += 1;
            for (const entry of this.of(point.url)) entry.hidden = !isShown;
        }
        return count;
    }

    private of(url: string): HTMLElement[] {
        return this.entries.get(url) ?? [];
    }

    private shopsAt(target: EventTarget | null): string[] {
        let item = target instanceof Element ? target.closest('li') : null;
        while (item && this.root.contains(item)) {
            const urls = this.shops.get(item);
            if (urls) return urls;
            item = item.parentElement?.closest('li') ?? null;
        }
        return [];
    }

    private read(): void {
        this.points = readPoints(this.root);
        this.entries.clear();
        this.shops.clear();
        const known = new Set(this.points.map(({ url }) => url));
        for (const link of this.root.querySelectorAll('li a[href]')) {
            const url = link.getAttribute('href') ?? '';
            const entry = link.closest('li');
            if (!entry || !known.has(url)) continue;
            this.entries.set(url, [...this.of(url), entry]);
            this.shops.set(entry, [url]);
            const whole = entry.parentElement?.closest('li');
            if (whole) this.shops.set(whole, [...(this.shops.get(whole) ?? []), url]);
        }
        for (const button of this.root.querySelectorAll<HTMLElement>('[data-pick]'))
            button.hidden = false;
    }
}
