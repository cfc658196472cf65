// Cuts the two variable fonts to the characters of French and English (Latin-1 and typography)
// and to the weights the styles use, so that both fit in 45 KB.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import subsetFont from 'subset-font';

const require = createRequire(import.meta.url);
const range = (first, last) =>
    Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i));
const characters = [
    ...range(0x20, 0x7e),
    ...range(0xa0, 0xff),
    ...'ŒœŸ–—‘’“”•…‰€−×→\u2009\u202f',
].join('');

const fonts = [
    {
        name: 'serif',
        file: 'brygada-1918/files/brygada-1918-latin-wght-normal.woff2',
        weights: { min: 500, max: 700 },
        figures: false,
    },
    {
        name: 'sans',
        file: 'source-sans-3/files/source-sans-3-latin-wght-normal.woff2',
        weights: { min: 400, max: 700 },
        figures: true,
    },
];

export async function makeFonts(folder) {
    mkdirSync(folder, { recursive: true });
    for (const { name, file, weights, figures } of fonts) {
        const whole = readFileSync(require.resolve(`@fontsource-variable/${file}`));
        const cut = await subsetFont(whole, characters, {
            targetFormat: 'woff2',
            variationAxes: { wght: weights },
            noLayoutClosure: !figures,
        });
        writeFileSync(join(folder, `${name}.woff2`), cut);
    }
}
