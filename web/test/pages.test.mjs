import assert from 'node:assert/strict';
import test from 'node:test';
import Mustache from 'mustache';
import {
    catalogue,
    fixtureNames,
    loadFixture,
    localised,
    render,
    templateNames,
    templateOf,
    templateText,
} from '../render.mjs';

const languages = { fr: catalogue('fr'), en: catalogue('en') };
const keysIn = (text) =>
    [...text.matchAll(/\[\[([^\]]+)\]\]/g)]
        .map((match) => match[1])
        .filter((key) => !key.startsWith('asset:'));
const placeholders = (text) => [...new Set(text.match(/\{\d\}/g) ?? [])].sort();

// What is left of a template when tags, sections, keys and variables are taken away is text for
// people.
function hardCodedText(template) {
    const spoken = [
        ...template.matchAll(/\b(?:alt|title|placeholder|aria-label|content)="([^"]*)"/g),
    ]
        .map((match) => match[1])
        .filter((value) => !/^(width=|light dark|#|noindex)/.test(value));
    const nodes = template.replace(/<[^>]*>/g, '\n');
    return [nodes, ...spoken]
        .join('\n')
        .replace(/\{\{\{?[^}]*\}?\}\}|\[\[[^\]]*\]\]|&\w+;/g, ' ')
        .split('\n')
        .filter((line) => /\p{L}/u.test(line))
        .map((line) => line.trim());
}

// Every value that the template prints, with the section it stands in, must be in the view.
function missingVariables(templates, name, view) {
    const missing = new Set();
    const walk = (tokens, context) => {
        for (const [kind, value, , , children] of tokens) {
            const found = kind === '>' || kind === 'text' ? null : context.lookup(value);
            if (
                (kind === 'name' || kind === '&') &&
                (found === undefined || found === false || found === null)
            )
                missing.add(value);
            if (kind === '>') {
                assert.ok(templates[value] !== undefined, `partial ${value} of ${name}`);
                walk(Mustache.parse(templates[value]), context);
            }
            if (kind === '#' && found)
                for (const item of [found].flat()) walk(children, context.push(item));
            if (kind === '^' && (!found || found.length === 0)) walk(children, context);
        }
    };
    walk(Mustache.parse(templates[name]), new Mustache.Context(view));
    return [...missing];
}

// kainjow's Mustache takes an empty string for true: a view says false or leaves the field out.
function emptyStrings(value, path = '') {
    if (value === '') return [path];
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([key, inner]) => emptyStrings(inner, `${path}.${key}`));
}

test('French and English have the same keys, forms and placeholders, and none is empty', () => {
    assert.deepEqual([...languages.en.keys()], [...languages.fr.keys()]);
    for (const [key, forms] of languages.fr) {
        const other = languages.en.get(key);
        assert.equal(other.length, forms.length, `${key}: number of forms`);
        for (const form of [...forms, ...other]) assert.notEqual(form, '', key);
        if (key.startsWith('time.')) continue; // a language takes the 24 or the 12 hour clock
        const both = [forms.at(-1), other.at(-1)].map(placeholders);
        assert.deepEqual(both[1], both[0], `${key}: placeholders`);
    }
});

test('French spaces before high punctuation and inside guillemets do not break', () => {
    for (const [key, forms] of languages.fr) {
        for (const form of forms)
            assert.doesNotMatch(form, /[\p{L}\d)} ][;!?]| :|« | »|\p{L}:\s|'/u, `${key}: ${form}`);
    }
});

test('every key of a template exists in both languages', () => {
    for (const name of templateNames()) {
        for (const key of keysIn(templateText(name))) {
            for (const [lang, texts] of Object.entries(languages))
                assert.ok(texts.has(key), `${name}: [[${key}]] in ${lang}`);
        }
    }
});

test('no template speaks a language by itself', () => {
    for (const name of templateNames())
        assert.deepEqual(hardCodedText(templateText(name)), [], name);
    assert.deepEqual(
        hardCodedText('<p title="Bonjour">{{x}} [[y]]</p>'),
        ['Bonjour'],
        'the check itself sees attributes',
    );
    assert.deepEqual(
        hardCodedText('<p>Bonjour {{x}}</p>'),
        ['Bonjour'],
        'the check itself sees text',
    );
});

test("templates stay within a strict content security policy and the server's Mustache", () => {
    for (const name of templateNames()) {
        const text = templateText(name);
        assert.doesNotMatch(text, /\sstyle=|\son\w+=|javascript:|<style/, name);
        assert.doesNotMatch(text, /<script(?! type="(module|application\/(ld\+)?json)")/, name);
        assert.doesNotMatch(text, /\{\{[^}]*\w\.\w/, `${name}: names with dots`);
        assert.doesNotMatch(
            text.replace(/<use href="\[\[[^"]*"/g, ''),
            /(?:href|action|src)="[^{[#"]/,
            `${name}: fixed address`,
        );
    }
});

test('every page template has a fixture, and every fixture renders with nothing missing', () => {
    const isPage = (name) => /^\{\{> (counter_)?head\}\}/.test(templateText(name));
    const pages = templateNames().filter((name) => isPage(name) && name !== 'counter_head');
    assert.deepEqual(
        pages.filter((name) => !fixtureNames().includes(name)),
        [],
    );
    for (const name of fixtureNames()) {
        const view = loadFixture(name);
        const templates = localised(languages[view.lang], (asset) => `/assets/${asset}`);
        assert.deepEqual(emptyStrings(view), [], name);
        assert.deepEqual(missingVariables(templates, templateOf(name), view), [], name);
        const page = render(templates, templateOf(name), view);
        assert.doesNotMatch(page, /\[\[|\{\{|undefined|\[object/, name);
        const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]);
        assert.deepEqual(
            ids.filter((id, i) => ids.indexOf(id) !== i),
            [],
            `${name}: ids twice`,
        );
        assert.equal([...page.matchAll(/<h1[\s>]/g)].length, 1, `${name}: one h1`);
    }
});
