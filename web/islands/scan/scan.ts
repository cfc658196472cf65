// The scan page with script: camera, scanners that type, one tap for what is known, and a queue
// that sends when there is a network. Without any of them the page's own forms do the same.
import { checkedCode } from './barcode';
import { Camera } from './camera';
import { type Answer, CounterApi, Refused } from './counter_api';
import { type Mode, ownNew, Panel, type Told } from './panel';
import { type Entry, Queue, type Scanned } from './queue';
import { makeReader } from './reader';
import { Rows } from './rows';
import { Sender, type Sending } from './sender';
import { beep, isQuiet, setQuiet } from './sound';
import { Texts } from './texts';
import { listenToScanners } from './wedge';

const LOOKUP_MS = 2500;
const RETRY_MS = 15_000;

const newId = (): string =>
    [...crypto.getRandomValues(new Uint8Array(12))]
        .map((byte) => byte.toString(16).padStart(2, '0'))
        .join('');

const need = <T extends Element>(root: ParentNode, selector: string): T => {
    const found = root.querySelector<T>(selector);
    if (!found) throw new Error(`the page has no ${selector}`);
    return found;
};

class ScanPage {
    private readonly shop = this.root.dataset.shop ?? '';
    private readonly account = this.root.dataset.account ?? '';
    private readonly texts = new Texts(this.root, this.root.dataset.language ?? 'fr');
    private readonly api = new CounterApi(this.root.dataset.api ?? '');
    private readonly panel: Panel;
    private readonly rows: Rows;
    private readonly sender: Sender;
    private sending: Sending = 'sent';

    constructor(
        private readonly root: HTMLElement,
        private readonly queue: Queue,
    ) {
        const template = (name: string): HTMLTemplateElement =>
            need(root, `template[data-${name}]`);
        const shelf = root.dataset.shelf ?? '';
        this.panel = new Panel(need(root, '[data-step]'), template('step-form'), this.texts, shelf);
        this.rows = new Rows(need(root, '[data-recent]'), template('row'), this.texts, {
            undo: (id) => void this.undo(id),
            complete: (id) => void this.complete(id),
            drop: (id) => void this.drop(id),
        });
        this.sender = new Sender({
            queue,
            api: this.api,
            shop: this.shop,
            answered: (entry, answer) => {
                if (answer.status === 'refused') beep('bad');
                this.rows.answered(entry, answer);
                void this.learn(entry, answer);
            },
        });
    }

    async start(): Promise<void> {
        this.startForm();
        listenToScanners((code) => void this.accept(code, performance.now()));
        for (const entry of await this.mine())
            if (entry.kind === 'touch') this.rows.add(entry);
        addEventListener('online', () => void this.flush());
        document.addEventListener('visibilitychange', () => {
            if (!document.hidden) void this.flush();
        });
        setInterval(() => {
            if (this.sending === 'offline') void this.flush();
        }, RETRY_MS);
        await this.flush();
        this.root.dataset.ready = '1';
    }

    // A code that was read, typed by a scanner or by hand.
    async accept(text: string, seenAt: number): Promise<void> {
        const code = checkedCode(text);
        if (code === null) return this.complain('wrong_check_digit');
        if (this.panel.isOpen && !this.panel.submit()) return beep('bad');
        const mode = this.mode();
        beep('good');
        const scanned = await this.look(code);
        const isThere = ownNew(scanned) !== undefined || scanned.isUnanswered === true;
        if (mode === 'sold' && !isThere) this.complain('not_on_shelf');
        else if (isThere && (mode === 'sold' || mode === 'in'))
            await this.tell(
                { code, difference: mode === 'sold' ? -1 : 1 },
                scanned.product?.title ?? code,
            );
        else this.ask(mode, scanned);
        performance.measure('scan', { start: seenAt, end: performance.now() });
    }

    camera(): Camera {
        return new Camera(need(this.root, 'video'), (code, seenAt) => {
            if (!this.panel.isOpen) void this.accept(code, seenAt);
        });
    }

    private ask(mode: Mode, scanned: Scanned, id = newId()): void {
        this.say('');
        this.panel.ask({
            mode,
            scanned,
            told: (touch, title) => void this.tell(touch, title, id),
            closed: () => need<HTMLInputElement>(this.root, '#code').blur(),
        });
    }

    private async tell(told: Told, title: string, id = newId()): Promise<void> {
        const entry: Entry = {
            shop: this.shop,
            account: this.account,
            kind: 'touch',
            touch: { id, ...told, touched_at: Math.floor(Date.now() / 1000) },
            title,
            attempted: false,
            error: '',
        };
        this.say('');
        await this.queue.add(entry);
        this.rows.add(entry);
        await this.flush();
    }

    private async look(code: string): Promise<Scanned> {
        try {
            const scanned = await this.api.scanned(code, LOOKUP_MS);
            await this.queue.remember(this.shop, scanned);
            return scanned;
        } catch (error) {
            if (error instanceof Refused && error.status < 404) this.show('signed_out');
            const known = await this.queue.recall(this.shop, code);
            if (known?.product) return known;
            return { code, product: null, offers: [], elsewhere: null, isUnanswered: true };
        }
    }

    // What an answer says of a code is known from then on, also without a network.
    private async learn({ touch }: Entry, { product, offer }: Answer): Promise<void> {
        if (!product || !offer || touch.code === '') return;
        const known = await this.queue.recall(this.shop, touch.code);
        const kept = (known && ownNew(known)?.kept) ?? 0;
        await this.queue.remember(this.shop, {
            elsewhere: null,
            ...known,
            code: touch.code,
            product,
            offers: [{ ...offer, kept, is_on_shelf: true }],
        });
    }

    private async mine(): Promise<Entry[]> {
        return (await this.queue.all()).filter(({ shop }) => shop === this.shop);
    }

    private async undo(id: string): Promise<void> {
        const told = (await this.mine()).filter(({ touch }) => touch.id === id);
        const unsent = told.filter(({ attempted, kind }) => kind === 'touch' && !attempted);
        if (unsent.length > 0) await this.queue.remove(unsent);
        else
            await this.queue.add({
                shop: this.shop,
                account: this.account,
                kind: 'undo',
                touch: { id, code: '', touched_at: 0 },
                title: '',
                attempted: false,
                error: '',
            });
        this.rows.undone(id);
        await this.flush();
    }

    private async complete(id: string): Promise<void> {
        const [entry] = (await this.mine()).filter(({ touch }) => touch.id === id);
        if (!entry) return;
        const scanned = await this.look(entry.touch.code);
        await this.queue.remove([entry]);
        const { difference } = entry.touch;
        this.ask(difference === undefined ? 'put' : difference < 0 ? 'sold' : 'in', scanned, id);
    }

    private async drop(id: string): Promise<void> {
        await this.queue.remove((await this.mine()).filter(({ touch }) => touch.id === id));
        this.rows.remove(id);
        await this.flush();
    }

    private async flush(): Promise<void> {
        await this.count();
        this.show(await this.sender.flush());
        await this.count();
    }

    private show(sending: Sending): void {
        this.sending = sending;
    }

    private async count(): Promise<void> {
        const all = await this.mine();
        const waiting = all.filter(({ error }) => error === '').length;
        const refused = all.length - waiting;
        const state = need<HTMLElement>(this.root, '[data-queue]');
        const word = waiting === 0 ? 'sent' : this.sending === 'sent' ? 'waiting' : this.sending;
        const parts = [this.texts.text(`state_${word}`, String(waiting))];
        if (refused > 0) parts.push(this.texts.text('state_refused', String(refused)));
        state.dataset.state = refused > 0 ? 'refused' : word;
        state.dataset.waiting = String(waiting);
        const text = parts.join(' ');
        if (state.textContent !== text) state.textContent = text;
    }

    private mode(): Mode {
        return need<HTMLInputElement>(this.root, 'input[name="mode"]:checked').value as Mode;
    }

    private complain(word: string): void {
        beep('bad');
        this.say(this.texts.error(word));
    }
    private say(text: string): void {
        const message = need<HTMLElement>(this.root, '[data-message]');
        message.textContent = text;
        message.hidden = text === '';
    }

    private startForm(): void {
        const form = need<HTMLFormElement>(this.root, '[data-code-form]');
        const field = need<HTMLInputElement>(form, '#code');
        form.addEventListener('submit', (event) => {
            event.preventDefault();
            const typed = field.value;
            field.value = '';
            if (typed.trim() !== '') void this.accept(typed, performance.now());
        });
    }
}

function startCamera(root: HTMLElement, camera: Camera): void {
    const region = need<HTMLElement>(root, '[data-camera]');
    if (!('mediaDevices' in navigator)) return;
    region.hidden = false;
    const start = need<HTMLButtonElement>(region, '[data-camera-start]');
    const stop = need<HTMLButtonElement>(region, '[data-camera-stop]');
    const torch = need<HTMLButtonElement>(region, '[data-torch]');
    const note = need<HTMLElement>(region, '[data-camera-note]');
    const show = (): void => {
        region.dataset.on = camera.isOn ? '1' : '0';
        start.hidden = camera.isOn;
        stop.hidden = !camera.isOn;
        torch.hidden = !camera.isOn || !camera.hasTorch;
    };
    const begin = async (): Promise<void> => {
        note.hidden = true;
        await camera.start().catch(() => {
            camera.stop();
            note.hidden = false;
        });
        show();
    };
    start.addEventListener('click', () => void begin());
    stop.addEventListener('click', () => {
        camera.stop();
        show();
    });
    torch.addEventListener('click', () => {
        const on = torch.getAttribute('aria-pressed') !== 'true';
        void camera.light(on).then(() => torch.setAttribute('aria-pressed', String(on)));
    });
    addEventListener('pagehide', () => camera.stop());
    void navigator.permissions
        ?.query({ name: 'camera' as PermissionName })
        .then(({ state }) => (state === 'granted' ? begin() : undefined))
        .catch(() => undefined);
}

function startSound(root: HTMLElement): void {
    const button = need<HTMLButtonElement>(root, '[data-sound]');
    const show = (): void => button.setAttribute('aria-pressed', String(!isQuiet()));
    button.hidden = false;
    button.addEventListener('click', () => {
        setQuiet(!isQuiet());
        show();
        beep('good');
    });
    show();
}

// What the page is made of, so far, is kept for when the network is away.
async function startWorker(root: HTMLElement): Promise<void> {
    const { worker, workerScript, scope } = root.dataset;
    if (!('serviceWorker' in navigator) || !worker || !workerScript || !scope) return;
    await makeReader().catch(() => undefined);
    const script = workerScript.slice(workerScript.lastIndexOf('/') + 1);
    await navigator.serviceWorker.register(`${worker}?script=${script}`, { scope });
    const { active } = await navigator.serviceWorker.ready;
    const isAsset = (address: string): boolean =>
        address.startsWith(`${location.origin}/assets/`);
    const fetched = performance.getEntriesByType('resource').map(({ name }) => name);
    active?.postMessage([...new Set(fetched.filter(isAsset))]);
}

async function start(): Promise<void> {
    const root = document.querySelector<HTMLElement>('[data-scan]');
    if (!root || !('indexedDB' in window)) return;
    const page = new ScanPage(root, await Queue.open());
    startCamera(root, page.camera());
    startSound(root);
    await page.start();
    await startWorker(root).catch(() => undefined);
    root.dataset.kept = '1';
}

void start();
