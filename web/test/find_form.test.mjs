// The rule by which a position goes along with a search, in the browser; the server's is in
// tests/scenario/where_am_i.scn.
import assert from 'node:assert/strict';
import test from 'node:test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformWithEsbuild } from 'vite';
import { webFolder } from '../render.mjs';

const file = join(webFolder, 'islands/find_form.ts');
const { code } = await transformWithEsbuild(readFileSync(file, 'utf8'), file);
const address = `data:text/javascript,${encodeURIComponent(code)}`;
const { formPlace, formUrl } = await import(address);

globalThis.location = { href: 'http://localhost/fr/' };
globalThis.FormData = class {
    constructor(form) {
        return Object.entries(form.fields).flatMap(([name, values]) =>
            [values].flat().map((value) => [name, value]),
        );
    }
};
const form = (fields) => ({ action: '/fr/search', fields });
const search = (fields) => formUrl(form(fields)).search;
const position = { lat: '48.87830', lon: '2.34310' };

test('empty fields are left out', () => {
    assert.equal(search({ q: 'thé', near: ' ', sort: '' }), '?q=th%C3%A9');
});

test('several values of one filter are all kept', () => {
    const fields = { q: 'thé', brand: ['Folio', 'Alma'] };
    assert.equal(search(fields), '?q=th%C3%A9&brand=Folio&brand=Alma');
});

test('my position goes along', () => {
    const fields = { q: 'livre', near: '', ...position, near_known: '' };
    assert.equal(search(fields), '?q=livre&lat=48.87830&lon=2.34310');
    assert.deepEqual(formPlace(form(fields)), Object.entries(position));
});

test('so does a place that was chosen among several', () => {
    const fields = { q: 'livre', near: 'Rue Cadet', ...position, near_known: 'Rue Cadet' };
    assert.equal(search(fields), '?q=livre&near=Rue+Cadet&lat=48.87830&lon=2.34310');
});

test('until the reader writes something else, or nothing', () => {
    const known = { q: 'livre', ...position, near_known: 'Rue Cadet' };
    assert.equal(search({ ...known, near: 'Rue Condorcet' }), '?q=livre&near=Rue+Condorcet');
    assert.equal(search({ ...known, near: '' }), '?q=livre');
    assert.deepEqual(formPlace(form({ ...known, near: 'rue' })), [['near', 'rue']]);
});
