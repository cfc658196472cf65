// The codes that the scan page believes, before it asks the server; the server's own rules are in
// src/catalogue/scanned_contract.cc.
import assert from 'node:assert/strict';
import test from 'node:test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformWithEsbuild } from 'vite';
import { webFolder } from '../render.mjs';

async function load(name) {
    const file = join(webFolder, `islands/scan/${name}.ts`);
    const { code } = await transformWithEsbuild(readFileSync(file, 'utf8'), file);
    return import(`data:text/javascript,${encodeURIComponent(code)}`);
}
const { checkedCode } = await load('barcode');
const { parsePrice } = await load('texts');

test('codes are normalised as the server does', () => {
    for (const [typed, code] of [
        ['978-2-07-036002-4', '9782070360024'],
        ['2070360024', '9782070360024'],
        ['080442957x', '9780804429573'],
        ['036000291452', '0036000291452'],
        ['96385074', '96385074'],
        ['04252614', '0042100005264'],
        ['04963406', '0049000006346'],
        ['2000000000008', '2000000000008'],
        ['212345678909', '0212345678909'],
        ['20000004', '20000004'],
        ['BAGUE-17', 'BAGUE-17'],
    ])
        assert.equal(checkedCode(typed), code, typed);
});

test('what has a wrong digit, or is none, is not', () => {
    for (const typed of ['', '9782070360025', '96385075', '12345', 'https://example.org/'])
        assert.equal(checkedCode(typed), null, typed);
});

test('prices are read as they are typed', () => {
    for (const [typed, cents] of [['12,90', 1290], ['12.9', 1290], ['7', 700], ['7 €', 700]])
        assert.equal(parsePrice(typed), cents, typed);
    for (const typed of ['', '-1', '1,234', 'abc', '1 2'])
        assert.equal(parsePrice(typed), null, typed);
});
