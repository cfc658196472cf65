// What stands under bars, checked before anybody is asked about it: the same rules as
// parse_scanned_code of the server, which has the last word.
const isDigits = (text: string): boolean => /^\d+$/.test(text);

// GS1 General Specifications §7.9: weights 3 and 1 from the right.
function gs1CheckDigit(digits: string): string {
    let sum = 0;
    for (let i = 0; i < digits.length; ++i)
        sum += Number(digits[digits.length - 1 - i]) * (i % 2 === 0 ? 3 : 1);
    return String((10 - (sum % 10)) % 10);
}

const isRight = (code: string): boolean => gs1CheckDigit(code.slice(0, -1)) === code.slice(-1);

// GS1 General Specifications §5.2.2.4.
export function expandUpcE(code: string): string {
    const six = code.slice(1, 7);
    const last = six[5] ?? '';
    const middle =
        last <= '2'
            ? `${six.slice(0, 2)}${last}0000${six.slice(2, 5)}`
            : last === '3'
              ? `${six.slice(0, 3)}00000${six.slice(3, 5)}`
              : last === '4'
                ? `${six.slice(0, 4)}00000${six.slice(4, 5)}`
                : `${six.slice(0, 5)}0000${last}`;
    return `${code[0]}${middle}${code[7]}`;
}

// ISBN-10 (ISO 2108:1992): weights 10 to 1, a multiple of eleven, X is ten.
function isbn13(isbn10: string): string | null {
    let sum = 0;
    for (let i = 0; i < 10; ++i) sum += (10 - i) * (isbn10[i] === 'X' ? 10 : Number(isbn10[i]));
    if (sum % 11 !== 0) return null;
    const begin = `978${isbn10.slice(0, 9)}`;
    return begin + gs1CheckDigit(begin);
}

function eightDigits(code: string): string | null {
    if (isRight(code) && !/^[02]/.test(code)) return code;
    if (/^[01]/.test(code) && isRight(expandUpcE(code))) return `0${expandUpcE(code)}`;
    return isRight(code) ? code : null;
}

// The code as the server writes it, or null when it cannot be one.
export function checkedCode(text: string): string | null {
    const code = text.trim().replace(/[\s-]/g, '').toUpperCase();
    if (/^\d{9}[\dX]$/.test(code)) return isbn13(code);
    if (!isDigits(code)) return /^[\w. -]{1,40}$/.test(text.trim()) ? text.trim() : null;
    if (code.length === 8) return eightDigits(code);
    if (code.length < 12 || code.length > 14 || !isRight(code)) return null;
    return code.length === 12 ? `0${code}` : code.replace(/^0(\d{13})$/, '$1');
}

// Bars with few digits are read wrongly more often: these are believed when read twice.
export const isWeak = (code: string): boolean => code.length < 13;
