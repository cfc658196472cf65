// Renders a template with a fixture the way the server does: text keys and asset names are
// replaced first (HTML-escaped), then Mustache runs. Used by the preview and by the tests.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Mustache from 'mustache';
import { readCatalogue } from './po.mjs';

export const webFolder = dirname(fileURLToPath(import.meta.url));
export const catalogue = (lang) => readCatalogue(join(webFolder, '..', 'locales', `${lang}.po`));

const escape = (text) =>
    text.replace(
        /[&<>"']/g,
        (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[c],
    );

export function templateNames() {
    return readdirSync(join(webFolder, 'templates')).map((file) => file.replace('.mustache', ''));
}

export const templateText = (name) =>
    readFileSync(join(webFolder, 'templates', `${name}.mustache`), 'utf8');

export function fixtureNames() {
    return readdirSync(join(webFolder, 'fixtures'))
        .map((file) => file.replace(/\.json$/, ''))
        .filter((name) => !name.startsWith('chrome'));
}

const fixtureFile = (name) =>
    JSON.parse(readFileSync(join(webFolder, 'fixtures', `${name}.json`), 'utf8'));

// A variant `page.variant` names its base in "extends"; every page starts from the chrome of its
// language.
export function loadFixture(name) {
    const { extends: base, ...own } = fixtureFile(name);
    const chrome = fixtureFile(name.endsWith('.en') ? 'chrome.en' : 'chrome');
    return { ...chrome, ...(base ? fixtureFile(base) : {}), ...own };
}

export const templateOf = (fixture) => fixture.split('.')[0];

// assets: logical name -> URL. texts: catalogue of one language.
export function localised(texts, assets) {
    const replaceKey = (whole, key) => {
        if (key.startsWith('asset:')) return assets(key.slice('asset:'.length));
        if (!texts.has(key)) throw new Error(`unknown text key ${whole}`);
        return escape(texts.get(key)[0]);
    };
    return Object.fromEntries(
        templateNames().map((name) => [
            name,
            templateText(name).replace(/\[\[([^\]]+)\]\]/g, replaceKey),
        ]),
    );
}

export function assetsFrom(folder) {
    const path = join(folder, 'manifest.json');
    const manifest = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
    return (name) => {
        if (!manifest[name]) throw new Error(`unknown asset ${name}; run npm run build first`);
        return `/assets/${manifest[name]}`;
    };
}

export const render = (templates, name, view) => Mustache.render(templates[name], view, templates);
