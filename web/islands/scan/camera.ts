// The phone's camera on the page, and what it reads. One code is told once: again only when it has
// been out of sight for a while.
import { checkedCode, isWeak } from './barcode';
import { makeReader } from './reader';

const OUT_OF_SIGHT_MS = 2000;
const PAUSE_MS = 60;

interface Torch {
    torch?: boolean;
}

export class Camera {
    private stream: MediaStream | null = null;
    private last = '';
    private lastSeen = 0;
    private once = '';

    constructor(
        private readonly video: HTMLVideoElement,
        private readonly tell: (code: string, seenAt: number) => void,
    ) {}

    get isOn(): boolean {
        return this.stream !== null;
    }

    // Rejects when there is no camera or it is not allowed.
    async start(): Promise<void> {
        const reading = makeReader();
        this.stream = await navigator.mediaDevices.getUserMedia({
            audio: false,
            video: {
                facingMode: { ideal: 'environment' },
                width: { ideal: 1280 },
                height: { ideal: 720 },
            },
        });
        this.video.srcObject = this.stream;
        await this.video.play();
        const reader = await reading;
        void this.watch((video) => reader.read(video));
    }

    stop(): void {
        for (const track of this.stream?.getTracks() ?? []) track.stop();
        this.stream = null;
        this.video.srcObject = null;
    }

    get hasTorch(): boolean {
        const [track] = this.stream?.getVideoTracks() ?? [];
        const can = track?.getCapabilities?.() as Torch | undefined;
        return can?.torch !== undefined && can.torch !== false;
    }

    async light(on: boolean): Promise<void> {
        const [track] = this.stream?.getVideoTracks() ?? [];
        await track?.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] });
    }

    private async watch(read: (video: HTMLVideoElement) => Promise<string | null>): Promise<void> {
        while (this.stream) {
            const seenAt = performance.now();
            if (!document.hidden && this.video.readyState >= 2) {
                const text = await read(this.video).catch(() => null);
                if (text !== null) this.saw(text, seenAt);
            }
            await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
        }
    }

    private saw(text: string, seenAt: number): void {
        const code = checkedCode(text);
        if (code === null) return;
        const isSame = code === this.last && seenAt - this.lastSeen < OUT_OF_SIGHT_MS;
        if (isSame) {
            this.lastSeen = seenAt;
            return;
        }
        if (isWeak(code) && this.once !== code) {
            this.once = code;
            return;
        }
        this.once = '';
        this.last = code;
        this.lastSeen = seenAt;
        this.tell(code, seenAt);
    }
}
