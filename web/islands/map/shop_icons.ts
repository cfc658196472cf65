// The marks of shops, drawn here in the colours of the page: a disc where one can go now, a ring
// where one cannot. Pictures rather than circles, so that names keep off them.
import type { Map as GlMap } from 'maplibre-gl';
import type { Palette } from './palette';

const STATES = ['open', 'closing', 'closed', 'unknown'] as const;
const SIZE_PX = 22;
const PIXEL_RATIO = 2;

export const ICON_PREFIX = 'shop-';

function draw(state: (typeof STATES)[number], palette: Palette): ImageData {
    const size = SIZE_PX * PIXEL_RATIO;
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = size;
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) return new ImageData(size, size);
    const isOpen = state === 'open' || state === 'closing';
    const circle = (radius: number, colour: string): void => {
        context.fillStyle = colour;
        context.beginPath();
        context.arc(size / 2, size / 2, radius * PIXEL_RATIO, 0, 2 * Math.PI);
        context.fill();
    };
    circle(isOpen ? 10 : 9, palette.raised);
    circle(isOpen ? 8.25 : 7.75, isOpen ? palette[state] : palette.muted);
    if (!isOpen) circle(4.75, palette.raised);
    return context.getImageData(0, 0, size, size);
}

// Adds them, or changes their colours.
export function paintIcons(gl: GlMap, palette: Palette): void {
    for (const state of STATES) {
        const name = ICON_PREFIX + state;
        const image = draw(state, palette);
        if (gl.hasImage(name)) gl.updateImage(name, image);
        else gl.addImage(name, image, { pixelRatio: PIXEL_RATIO });
    }
}
