// ZXing (Apache-2.0) as WebAssembly, from this site: no request goes to anybody else.
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url';

const ready = prepareZXingModule({
    overrides: { locateFile: () => wasm },
    fireImmediately: true,
});

export async function readCodes(pixels: ImageData): Promise<string | null> {
    await ready;
    const [found] = await readBarcodes(pixels, {
        formats: ['EAN13', 'EAN8', 'UPCA', 'UPCE'],
        tryHarder: true,
        tryRotate: true,
        tryInvert: false,
        maxNumberOfSymbols: 1,
    });
    return found?.isValid ? found.text : null;
}
