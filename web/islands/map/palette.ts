// The colours of a map are tokens of the page (styles/tokens.css), so light and dark follow it.
export const PALETTE_NAMES = [
    'raised', 'line-strong', 'ink', 'muted', 'accent', 'on-accent', 'open', 'closing',
    'map-land', 'map-water', 'map-green', 'map-green-name', 'map-paved',
    'map-building', 'map-building-edge', 'map-street', 'map-street-large', 'map-casing',
    'map-path', 'map-rail', 'map-bike-1', 'map-bike-2', 'map-bike-3', 'map-cycle', 'map-name',
] as const;

export type Palette = Record<(typeof PALETTE_NAMES)[number], string>;

export function readPalette(): Palette {
    const style = getComputedStyle(document.documentElement);
    const colours = PALETTE_NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]);
    return Object.fromEntries(colours) as Palette;
}

export function onPaletteChange(listen: (palette: Palette) => void): void {
    const dark = matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', () => listen(readPalette()));
}
