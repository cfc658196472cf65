// Maps: the code that draws them, ten times all the other script, is fetched when a map is on the
// screen and not before. On narrow pages list and map share the place, and buttons choose.
function startSwitch(frame: HTMLElement): void {
    const bar = frame.querySelector<HTMLElement>('[data-map-switch]');
    const buttons = Array.from(bar?.querySelectorAll('button') ?? []);
    const choose = (chosen: HTMLButtonElement): void => {
        frame.dataset.shown = chosen.value;
        for (const button of buttons)
            button.setAttribute('aria-pressed', String(button === chosen));
        if (chosen.value === 'map') frame.scrollIntoView();
    };
    for (const button of buttons) button.addEventListener('click', () => choose(button));
    if (bar) bar.hidden = false;
}

// The server's picture of the same place, where the code does not arrive or cannot draw.
function showStill(box: HTMLElement): void {
    const { still, title = '' } = box.dataset;
    box.querySelector('.map-canvas')?.remove();
    if (!still) {
        box.hidden = true;
        return;
    }
    const picture = document.createElement('img');
    picture.className = 'map-still';
    picture.src = still;
    picture.alt = title;
    box.prepend(picture);
}

async function draw(box: HTMLElement): Promise<void> {
    try {
        (await import('./map/shop_map')).drawMap(box);
    } catch {
        showStill(box);
    }
}

export function startMaps(): void {
    const watcher = new IntersectionObserver((seen) => {
        for (const { isIntersecting, target } of seen) {
            if (!isIntersecting || !(target instanceof HTMLElement)) continue;
            watcher.unobserve(target);
            void draw(target);
        }
    });
    for (const box of document.querySelectorAll<HTMLElement>('[data-map]')) {
        const frame = box.closest<HTMLElement>('[data-map-frame]');
        if (frame) startSwitch(frame);
        box.hidden = false;
        watcher.observe(box);
    }
}
