// Keeps the scan page of one counter, and what it is made of, for when the network is away. Its
// scope is that page alone; what is asked of the API always goes to the network.
interface FetchLike extends Event {
    readonly request: Request;
    respondWith(answer: Promise<Response>): void;
}
interface WaitLike extends Event {
    waitUntil(work: Promise<unknown>): void;
}
interface WorkerLike {
    addEventListener(type: string, listener: (event: Event) => void): void;
    skipWaiting(): Promise<void>;
    readonly clients: { claim(): Promise<void> };
    readonly registration: { readonly scope: string };
}

const worker = self as unknown as WorkerLike;
const PATIENCE_MS = 4000;
const cacheName = (): string => `emplettes-scan ${worker.registration.scope}`;

async function keptPage(): Promise<Response | undefined> {
    return (await caches.open(cacheName())).match(worker.registration.scope);
}

// The network first. An answer that leads elsewhere means that nobody is signed in: the page is
// forgotten.
async function page(request: Request): Promise<Response> {
    const late = new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE_MS, undefined));
    const asked = fetch(request).then(async (answer) => {
        const cache = await caches.open(cacheName());
        if (answer.ok) await cache.put(worker.registration.scope, answer.clone());
        else if (answer.status < 500) await cache.delete(worker.registration.scope);
        return answer;
    });
    const answer = await Promise.race([asked, late]).catch(() => undefined);
    if (answer && answer.status < 500) return answer;
    return (await keptPage()) ?? asked;
}

// Their names hold a hash of what they are: they never change.
async function asset(request: Request): Promise<Response> {
    const cache = await caches.open(cacheName());
    const kept = await cache.match(request.url);
    if (kept) return kept;
    const answer = await fetch(request);
    if (answer.ok) await cache.put(request.url, answer.clone());
    return answer;
}

worker.addEventListener('install', () => void worker.skipWaiting());
worker.addEventListener('activate', (event) =>
    (event as WaitLike).waitUntil(worker.clients.claim()),
);
worker.addEventListener('message', (event) => {
    const addresses = (event as MessageEvent).data as string[];
    const keep = async (): Promise<void> => {
        const cache = await caches.open(cacheName());
        const kept = await cache.keys();
        const wanted = new Set([...addresses, worker.registration.scope]);
        for (const { url } of kept) if (!wanted.has(url)) await cache.delete(url);
        for (const address of wanted) if (!(await cache.match(address))) await cache.add(address);
    };
    (event as unknown as WaitLike).waitUntil(keep());
});
worker.addEventListener('fetch', (event) => {
    const { request } = event as FetchLike;
    const url = new URL(request.url);
    if (request.method !== 'GET' || url.origin !== location.origin) return;
    const isHere = url.origin + url.pathname === worker.registration.scope;
    const isPage = request.mode === 'navigate' && isHere;
    if (isPage) (event as FetchLike).respondWith(page(request));
    else if (url.pathname.startsWith('/assets/')) (event as FetchLike).respondWith(asset(request));
});
