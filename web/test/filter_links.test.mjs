// Filters beside a map, with a page and a server of a few lines; in a browser they are in
// tests/browser/map.spec.mjs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { transformWithEsbuild } from 'vite';
import { webFolder } from '../render.mjs';

const file = join(webFolder, 'islands/map/filter_links.ts');
const { code } = await transformWithEsbuild(readFileSync(file, 'utf8'), file);
const { startFilterLinks } = await import(`data:text/javascript,${encodeURIComponent(code)}`);

const ALL = 'http://localhost/fr/map';
const BAKERIES = `${ALL}?kind=bakery`;
const BOOKS = `${ALL}?kind=bookshop`;

class Link {
    constructor(href) {
        this.href = href;
    }
    closest() {
        return this;
    }
}

// A page that shows all; `asked` are its requests, to be answered by the test.
function openPage() {
    const asked = [];
    const pushed = [];
    const attributes = new Set();
    const status = { textContent: '3 shops' };
    const listeners = {};
    const list = {
        dataset: { failed: 'no answer' },
        innerHTML: 'all',
        querySelector: () => null,
        setAttribute: (name) => attributes.add(name),
        removeAttribute: (name) => attributes.delete(name),
        addEventListener: (type, listen) => (listeners[type] = listen),
    };
    Object.assign(globalThis, {
        Element: Link,
        HTMLAnchorElement: Link,
        CSS: { escape: String },
        location: { href: ALL },
        document: { activeElement: null, querySelectorAll: () => [status] },
        addEventListener: list.addEventListener,
        history: {
            pushState: (state, title, address) => {
                pushed.push(address);
                location.href = address;
            },
        },
        fetch: (url, { signal }) =>
            new Promise((resolve, reject) => {
                signal.addEventListener('abort', () => reject(signal.reason));
                asked.push({ href: url.href, resolve, reject });
            }),
    });
    startFilterLinks(list);
    return {
        asked,
        pushed,
        list,
        status,
        isBusy: () => attributes.has('aria-busy'),
        click: (href) =>
            listeners.click({ button: 0, target: new Link(href), preventDefault: () => {} }),
        travel: (href) => {
            location.href = href;
            listeners.popstate();
        },
    };
}

const settle = () => new Promise((resolve) => setTimeout(resolve));
const answer = (text) => ({ ok: true, text: async () => text });

test('the address follows once the list is there', async () => {
    const page = openPage();
    page.click(BAKERIES);
    assert.deepEqual([page.pushed, page.isBusy()], [[], true]);
    assert.equal(page.asked[0].href, `${BAKERIES}&fragment=1`);
    page.asked[0].resolve(answer('bakeries'));
    await settle();
    assert.deepEqual([page.pushed, page.isBusy()], [[BAKERIES], false]);
    assert.equal(page.list.innerHTML, 'bakeries');
});

test('a filter without an answer says so, and the address stays', async () => {
    const failures = [
        (request) => request.reject(new TypeError('no network')),
        (request) => request.resolve({ ok: false, status: 503 }),
    ];
    for (const failure of failures) {
        const page = openPage();
        page.click(BAKERIES);
        failure(page.asked[0]);
        await settle();
        assert.deepEqual([page.pushed, page.isBusy()], [[], false]);
        assert.deepEqual([page.list.innerHTML, page.status.textContent], ['all', 'no answer']);
    }
});

test('a filter that another one overtakes is silent, and the list stays busy', async () => {
    const page = openPage();
    page.click(BAKERIES);
    page.click(BOOKS);
    await settle();
    assert.deepEqual([page.isBusy(), page.status.textContent], [true, '3 shops']);
    page.asked[1].resolve(answer('books'));
    await settle();
    assert.deepEqual([page.pushed, page.isBusy()], [[BOOKS], false]);
});

test('the way back fetches the list, a link within the page does not', async () => {
    const page = openPage();
    page.travel(`${ALL}#spots`);
    assert.equal(page.asked.length, 0);
    page.travel(BAKERIES);
    page.asked[0].resolve(answer('bakeries'));
    await settle();
    assert.deepEqual([page.list.innerHTML, page.pushed], ['bakeries', []]);
    page.travel(`${BAKERIES}#spots`);
    assert.equal(page.asked.length, 1);
});
