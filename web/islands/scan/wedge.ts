// Scanners that type like a keyboard: many digits in a moment, then Enter, into whatever has the
// focus. What they typed there is taken out again.
const GAP_MS = 100; // a hand is slower over so many digits
const DIGITS_MIN = 8;

export function listenToScanners(tell: (code: string) => void): void {
    let burst = '';
    let lastAt = 0;
    let field: HTMLInputElement | null = null;
    let before = '';

    addEventListener(
        'keydown',
        (event) => {
            const isLater = event.timeStamp - lastAt > GAP_MS;
            lastAt = event.timeStamp;
            if (/^[\dXx]$/.test(event.key)) {
                if (isLater || burst === '') {
                    burst = '';
                    const focus = document.activeElement;
                    field = focus instanceof HTMLInputElement ? focus : null;
                    before = field?.value ?? '';
                }
                burst += event.key;
                return;
            }
            const code = burst;
            burst = '';
            if (event.key !== 'Enter' || isLater || code.length < DIGITS_MIN) return;
            event.preventDefault();
            event.stopPropagation();
            if (field) field.value = before;
            tell(code);
        },
        { capture: true },
    );
}
