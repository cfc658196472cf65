// Reads bars in a picture: by the browser where it can, else by ZXing as WebAssembly, fetched then.
export interface CodeReader {
    // The digits under the bars, checked by their reader; null where there are none.
    read(source: HTMLVideoElement): Promise<string | null>;
}

interface DetectedCode {
    rawValue: string;
    format: string;
}
interface Detector {
    detect(source: CanvasImageSource): Promise<DetectedCode[]>;
}
interface DetectorClass {
    new (options: { formats: string[] }): Detector;
    getSupportedFormats(): Promise<string[]>;
}

const FORMATS = ['ean_13', 'ean_8', 'upc_a', 'upc_e'];
const WIDTH_MAX = 960; // pixels that are looked at: bars of a book are then two or more wide

function detectorClass(): DetectorClass | undefined {
    return (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
}

async function browserReader(): Promise<CodeReader | null> {
    const found = detectorClass();
    if (!found) return null;
    const formats = await found.getSupportedFormats().catch(() => [] as string[]);
    if (!formats.includes('ean_13')) return null;
    const detector = new found({ formats: FORMATS.filter((format) => formats.includes(format)) });
    return {
        async read(video) {
            const [code] = await detector.detect(video);
            return code?.rawValue ?? null;
        },
    };
}

function picture(video: HTMLVideoElement, canvas: HTMLCanvasElement): ImageData | null {
    const scale = Math.min(1, WIDTH_MAX / video.videoWidth);
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context || canvas.width === 0) return null;
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    return context.getImageData(0, 0, canvas.width, canvas.height);
}

async function ownReader(): Promise<CodeReader> {
    const { readCodes } = await import('./wasm_reader');
    const canvas = document.createElement('canvas');
    return {
        async read(video) {
            const pixels = picture(video, canvas);
            return pixels ? readCodes(pixels) : null;
        },
    };
}

export async function makeReader(): Promise<CodeReader> {
    return (await browserReader()) ?? (await ownReader());
}
