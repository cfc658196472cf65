// What was done and is not sent yet, in the order in which it was done, on this device: it outlives
// the page, the browser and the day. Beside it what is known of codes that were read before.
export interface Touch {
    id: string;
    code: string;
    title?: string;
    category?: string;
    price_cents?: number;
    counted?: number;
    difference?: number;
    touched_at: number;
}

export interface Entry {
    order?: number; // given by the queue
    shop: string;
    account: string;
    kind: 'touch' | 'undo';
    touch: Touch; // of an undo: what is taken back
    title: string;
    attempted: boolean; // it may have arrived, even if no answer did
    error: string; // why it was refused; empty: it waits
}

export interface Own {
    condition: string;
    price_cents: number;
    stock: number;
    kept: number;
    is_on_shelf: boolean;
}
export interface Scanned {
    code: string;
    product: { id: number; title: string; maker: string; category: string } | null;
    image?: string | null; // not in what older pages remembered
    texts?: { title: string; is_shown: boolean }[];
    is_own_number?: boolean;
    offers: Own[];
    elsewhere: { shops: number; lowest_cents: number; typical_cents: number } | null;
    publisher_price_cents?: number | null;
    isUnanswered?: boolean; // nobody could be asked, and nothing is remembered
}

const WAITING = 'waiting';
const KNOWN = 'known';

function settled<T>(request: IDBRequest<T>): Promise<T> {
    return new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
}

export class Queue {
    private constructor(private readonly database: IDBDatabase) {}

    static async open(): Promise<Queue> {
        const request = indexedDB.open('emplettes-scan', 1);
        request.onupgradeneeded = () => {
            request.result.createObjectStore(WAITING, { keyPath: 'order', autoIncrement: true });
            request.result.createObjectStore(KNOWN);
        };
        return new Queue(await settled(request));
    }

    // Resolves once it is on the disk.
    private async write(store: string, work: (rows: IDBObjectStore) => void): Promise<void> {
        const transaction = this.database.transaction(store, 'readwrite', { durability: 'strict' });
        work(transaction.objectStore(store));
        await new Promise<void>((resolve, reject) => {
            transaction.oncomplete = () => resolve();
            transaction.onabort = () => reject(transaction.error);
        });
    }

    private rows(store: string): IDBObjectStore {
        return this.database.transaction(store, 'readonly').objectStore(store);
    }

    add(entry: Entry): Promise<void> {
        return this.write(WAITING, (rows) => rows.add(entry));
    }
    change(entries: Entry[]): Promise<void> {
        return this.write(WAITING, (rows) => {
            for (const entry of entries) rows.put(entry);
        });
    }
    remove(entries: Entry[]): Promise<void> {
        return this.write(WAITING, (rows) => {
            for (const { order } of entries) if (order !== undefined) rows.delete(order);
        });
    }
    async all(): Promise<Entry[]> {
        return (await settled(this.rows(WAITING).getAll())) as Entry[];
    }

    remember(shop: string, scanned: Scanned): Promise<void> {
        return this.write(KNOWN, (rows) => rows.put(scanned, `${shop}/${scanned.code}`));
    }
    async recall(shop: string, code: string): Promise<Scanned | null> {
        const known: unknown = await settled(this.rows(KNOWN).get(`${shop}/${code}`));
        return (known as Scanned | undefined) ?? null;
    }
}
