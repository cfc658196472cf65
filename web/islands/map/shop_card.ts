// What a picked point says: which shop, whether it is open, how far it is. Escape closes it.
import type { ShopPoint } from './shop_points';

export class ShopCard {
    private readonly card = document.createElement('section');
    private returnTo: HTMLElement | null = null;

    constructor(
        place: HTMLElement, // the map with what stands on it (templates/map_box.mustache)
        private readonly sprite: string,
        private readonly closeText: string,
        private readonly onClose: () => void,
    ) {
        this.card.className = 'map-card';
        this.card.hidden = true;
        (place.querySelector('.map-foot') ?? place).prepend(this.card);
        place.addEventListener('keydown', (event) => {
            if (event.key !== 'Escape' || this.card.hidden) return;
            event.preventDefault();
            this.close();
        });
    }

    // With the focus in it; `from` gets the focus back.
    show(point: ShopPoint, from: HTMLElement | null): void {
        this.returnTo = from;
        const link = document.createElement('a');
        link.href = point.url;
        link.className = 'map-card-name';
        link.textContent = point.name;
        const state = this.line(`state state-${point.state}`, point.state_text);
        state.prepend(this.icon(`state-${point.state}`));
        this.card.setAttribute('aria-label', point.name);
        this.card.replaceChildren(link, state, this.line('muted', point.way), this.closeButton());
        this.card.hidden = false;
        link.focus({ preventScroll: true });
    }

    close(): void {
        if (this.card.hidden) return;
        const hadFocus = this.card.contains(document.activeElement);
        this.card.hidden = true;
        this.onClose();
        if (hadFocus) this.returnTo?.focus({ preventScroll: true });
    }

    private line(className: string, text: string): HTMLElement {
        const line = document.createElement('p');
        line.className = className;
        line.append(text);
        return line;
    }

    private icon(name: string): SVGSVGElement {
        const space = 'http://www.w3.org/2000/svg';
        const icon = document.createElementNS(space, 'svg');
        icon.setAttribute('class', 'icon');
        icon.setAttribute('aria-hidden', 'true');
        const use = document.createElementNS(space, 'use');
        use.setAttribute('href', `${this.sprite}#${name}`);
        icon.append(use);
        return icon;
    }

    private closeButton(): HTMLButtonElement {
        const button = document.createElement('button');
        button.type = 'button';
        button.className = 'map-card-close';
        button.setAttribute('aria-label', this.closeText);
        button.append(this.icon('cross'));
        button.addEventListener('click', () => this.close());
        return button;
    }
}
