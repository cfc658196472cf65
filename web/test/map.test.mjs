// What a map is made of, without a browser: its style is one that MapLibre takes, in both colour
// schemes; points are read as the server writes them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import { build } from 'vite';
import { webFolder } from '../render.mjs';

async function load(name) {
    const [{ output }] = await build({
        configFile: false,
        logLevel: 'error',
        build: {
            write: false,
            minify: false,
            lib: { entry: join(webFolder, 'islands/map', name), formats: ['es'] },
        },
    });
    return import(`data:text/javascript,${encodeURIComponent(output[0].code)}`);
}

const { mapStyle } = await load('map_style.ts');
const { PALETTE_NAMES } = await load('palette.ts');
const { boundsOf, isWithin, parsePoints, toFeatures } = await load('shop_points.ts');

// Light, then dark, as the tokens have them.
const tokens = readFileSync(join(webFolder, 'styles/tokens.css'), 'utf8');
const palettes = tokens.split('prefers-color-scheme: dark').map((part) =>
    Object.fromEntries(
        PALETTE_NAMES.map((name) => [name, part.match(`--${name}: ([^;]+);`)?.[1] ?? '']),
    ),
);

const ground = { tiles: '/map/tiles/x/{z}/{x}/{y}', hasBikes: false };
const overlay = {
    shops: toFeatures([]),
    lookedAt: toFeatures([]),
    here: toFeatures([]),
    way: toFeatures([]),
    namesFrom: 16,
};

test('every colour of a map is a token, light and dark', () => {
    assert.equal(palettes.length, 2);
    for (const palette of palettes)
        for (const [name, colour] of Object.entries(palette))
            assert.match(colour, /^#[0-9a-f]{6}$/, name);
});

test('the style is valid, and asks nobody else for anything', () => {
    for (const palette of palettes)
        for (const hasBikes of [false, true]) {
            const style = mapStyle({ ...ground, hasBikes }, overlay, palette);
            assert.deepEqual(validateStyleMin(style), []);
            assert.equal(style.glyphs, undefined);
            assert.equal(style.sprite, undefined);
            assert.doesNotMatch(JSON.stringify(style), /https?:/);
        }
});

test('layers have names of their own, and every source is used', () => {
    const style = mapStyle(ground, overlay, palettes[0]);
    const ids = style.layers.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    for (const source of Object.keys(style.sources))
        assert.ok(style.layers.some((layer) => layer.source === source), source);
});

test('comfort by bike changes streets, and nothing else', () => {
    const plain = mapStyle(ground, overlay, palettes[0]);
    const bikes = mapStyle({ ...ground, hasBikes: true }, overlay, palettes[0]);
    const changed = bikes.layers.filter(
        (layer, i) => JSON.stringify(layer) !== JSON.stringify(plain.layers[i]),
    );
    assert.deepEqual(
        changed.map(({ id }) => id),
        ['service-surface', 'minor-surface', 'secondary-surface', 'main-surface'],
    );
});

test('points are read as the server writes them, and nothing else is', () => {
    const point = { url: '/fr/shops/a', name: 'A', lon: 2.3, lat: 48.8, state: 'open' };
    assert.deepEqual(parsePoints(JSON.stringify([point])), [point]);
    assert.deepEqual(parsePoints(JSON.stringify([point, null, { ...point, lon: '2' }])), [point]);
    for (const broken of ['', '{', '{}', 'null', null, undefined])
        assert.deepEqual(parsePoints(broken), []);
});

test('a box holds all its points', () => {
    const points = [{ lon: 2.3, lat: 48.8 }, { lon: 2.4, lat: 48.7 }, { lon: 2.35, lat: 48.9 }];
    const box = boundsOf(points);
    assert.deepEqual(box, { west: 2.3, south: 48.7, east: 2.4, north: 48.9 });
    for (const point of points) assert.ok(isWithin(point, box));
    assert.ok(!isWithin({ lon: 2.41, lat: 48.8 }, box));
    assert.equal(boundsOf([]), null);
});
