// The counter's API as a device sees it: an answer, a refusal, or no network.
import type { Scanned, Touch } from './queue';

export interface Counter {
    account: string;
    email: string;
    csrf: string;
}
export interface Answer {
    id: string;
    status: 'done' | 'refused';
    error?: string;
    is_late?: boolean;
    product?: Scanned['product'];
    offer?: Scanned['offers'][number];
}

export class Refused extends Error {
    constructor(
        readonly status: number,
        readonly type: string,
    ) {
        super(type);
    }
}
export class NoNetwork extends Error {}

const TIMEOUT_MS = 8000;

export class CounterApi {
    constructor(private readonly address: string) {}

    async enter(): Promise<Counter> {
        return (await this.ask('GET', '/touches')) as Counter;
    }
    async send(counter: Counter, touches: Touch[]): Promise<Answer[]> {
        const body = {
            account: counter.account,
            sent_at: Math.floor(Date.now() / 1000),
            touches,
        };
        const answer = await this.ask('POST', '/touches', counter.csrf, body);
        return (answer as { answers: Answer[] }).answers;
    }
    async undo(counter: Counter, id: string): Promise<void> {
        await this.ask('DELETE', `/touches/${encodeURIComponent(id)}`, counter.csrf);
    }
    async scanned(code: string, timeout: number): Promise<Scanned> {
        const path = `/scanned/${encodeURIComponent(code)}`;
        return (await this.ask('GET', path, '', undefined, timeout)) as Scanned;
    }

    private async ask(
        method: string,
        path: string,
        csrf = '',
        body?: unknown,
        timeout = TIMEOUT_MS,
    ): Promise<unknown> {
        const patience = new AbortController();
        const timer = setTimeout(() => patience.abort(), timeout);
        const headers: Record<string, string> = { Accept: 'application/json' };
        if (csrf !== '') headers['X-CSRF-Token'] = csrf;
        if (body !== undefined) headers['Content-Type'] = 'application/json';
        try {
            const answer = await fetch(this.address + path, {
                method,
                headers,
                cache: 'no-store',
                redirect: 'error',
                signal: patience.signal,
                ...(body === undefined ? {} : { body: JSON.stringify(body) }),
            });
            const json: unknown = await answer.json().catch(() => ({}));
            if (answer.ok) return json;
            if (answer.status >= 500) throw new NoNetwork();
            throw new Refused(answer.status, String((json as { type?: unknown }).type ?? ''));
        } catch (error) {
            if (error instanceof Refused) throw error;
            throw new NoNetwork();
        } finally {
            clearTimeout(timer);
        }
    }
}
