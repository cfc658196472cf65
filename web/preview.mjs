// npm run preview [-- --assets DIR --outDir DIR]: every fixture as a static page, to look at in a
// browser.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
    assetsFrom,
    catalogue,
    fixtureNames,
    loadFixture,
    localised,
    render,
    templateOf,
    webFolder,
} from './render.mjs';

const { values } = parseArgs({
    options: {
        assets: { type: 'string', default: join(webFolder, 'dist') },
        outDir: { type: 'string', default: join(webFolder, 'preview') },
    },
});
const out = resolve(values.outDir);
mkdirSync(out, { recursive: true });
cpSync(join(values.assets, 'assets'), join(out, 'assets'), { recursive: true });
const assets = assetsFrom(values.assets);
const templates = Object.fromEntries(
    ['fr', 'en'].map((lang) => [lang, localised(catalogue(lang), assets)]),
);
for (const name of fixtureNames()) {
    const view = loadFixture(name);
    writeFileSync(join(out, `${name}.html`), render(templates[view.lang], templateOf(name), view));
}
console.log(`${fixtureNames().length} pages in ${out}`);
