// Sends what waits, in its order, under the name of who did it and at no other counter.
import { type Answer, type Counter, type CounterApi, NoNetwork, Refused } from './counter_api';
import type { Entry, Queue } from './queue';

export type Sending = 'sent' | 'offline' | 'signed_out' | 'other_account';

const AT_ONCE = 50;

export interface SenderParts {
    queue: Queue;
    api: CounterApi;
    shop: string;
    answered: (entry: Entry, answer: Answer) => void;
}

export class Sender {
    private running: Promise<Sending> | null = null;
    private again = false;

    constructor(private readonly parts: SenderParts) {}

    // One at a time, in all pages of this browser; what is added meanwhile is sent, too.
    flush(): Promise<Sending> {
        if (this.running) {
            this.again = true;
            return this.running;
        }
        this.running = this.flushAlone().finally(() => {
            this.running = null;
        });
        return this.running;
    }

    private async flushAlone(): Promise<Sending> {
        const once = async (): Promise<Sending> => {
            let result: Sending;
            do {
                this.again = false;
                result = await this.sendAll();
            } while (this.again && result === 'sent');
            return result;
        };
        return 'locks' in navigator
            ? navigator.locks.request(`emplettes-scan ${this.parts.shop}`, once)
            : once();
    }

    private async waiting(): Promise<Entry[]> {
        const entries = await this.parts.queue.all();
        return entries.filter((entry) => entry.shop === this.parts.shop && entry.error === '');
    }

    private async sendAll(): Promise<Sending> {
        if ((await this.waiting()).length === 0) return 'sent';
        try {
            const counter = await this.parts.api.enter();
            return await this.sendAs(counter);
        } catch (error) {
            if (error instanceof NoNetwork) return 'offline';
            if (error instanceof Refused && error.type === 'other_account') return 'other_account';
            if (error instanceof Refused) return 'signed_out';
            throw error;
        }
    }

    private async sendAs(counter: Counter): Promise<Sending> {
        for (;;) {
            const all = await this.waiting();
            const mine = all.filter((entry) => entry.account === counter.account);
            const [first] = mine;
            if (!first) return all.length > 0 ? 'other_account' : 'sent';
            const kinds = mine.slice(0, AT_ONCE).map((entry) => entry.kind);
            const undoAt = kinds.indexOf('undo');
            const batch = mine.slice(0, undoAt === -1 ? AT_ONCE : Math.max(undoAt, 1));
            await this.parts.queue.change(batch.map((entry) => ({ ...entry, attempted: true })));
            if (first.kind === 'undo') await this.undo(counter, first);
            else await this.send(counter, batch);
        }
    }

    // One that cannot even be read must not hold up the others.
    private async ask(counter: Counter, batch: Entry[]): Promise<Answer[]> {
        const touches = batch.map(({ touch }) => touch);
        try {
            return await this.parts.api.send(counter, touches);
        } catch (failure) {
            if (!(failure instanceof Refused) || ![400, 413, 422].includes(failure.status))
                throw failure;
            if (touches.length <= 1)
                return touches.map(({ id }) => ({ id, status: 'refused', error: 'refused' }));
        }
        const answers: Answer[] = [];
        for (const entry of batch) answers.push(...(await this.ask(counter, [entry])));
        return answers;
    }

    private async send(counter: Counter, batch: Entry[]): Promise<void> {
        const answers = await this.ask(counter, batch);
        const byId = new Map(answers.map((answer) => [answer.id, answer]));
        const done: Entry[] = [];
        const refused: Entry[] = [];
        for (const entry of batch) {
            const answer = byId.get(entry.touch.id);
            if (answer?.status === 'done') done.push(entry);
            else refused.push({ ...entry, attempted: false, error: answer?.error ?? 'refused' });
        }
        await this.parts.queue.remove(done);
        await this.parts.queue.change(refused);
        for (const entry of batch) {
            const answer = byId.get(entry.touch.id);
            if (answer) this.parts.answered(entry, answer);
        }
    }

    private async undo(counter: Counter, entry: Entry): Promise<void> {
        let error = '';
        try {
            await this.parts.api.undo(counter, entry.touch.id);
        } catch (failure) {
            if (!(failure instanceof Refused) || failure.status === 401 || failure.status === 403)
                throw failure;
            error = failure.type;
        }
        if (error === '') await this.parts.queue.remove([entry]);
        else await this.parts.queue.change([{ ...entry, error }]);
        const status = error === '' ? 'done' : 'refused';
        this.parts.answered(entry, { id: entry.touch.id, status, error });
    }
}
