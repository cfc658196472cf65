// A film for Chromium's fake camera: now and then an EAN-13 is held before it, printed on paper,
// a little out of focus, in the noise of a dim shop.
import { closeSync, existsSync, openSync, renameSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const width = 640;
const height = 480;
const framesPerSecond = 10;
const bar = 4; // pixels of the narrowest bar

// GS1 General Specifications §5.2.1: left digits in set A or B, as the first digit says; right
// digits are those of set A the other way round.
const setA = ["0001101", "0011001", "0010011", "0111101", "0100011",
              "0110001", "0101111", "0111011", "0110111", "0001011"];
const inverted = (code) => code.replace(/[01]/g, (bit) => (bit === "0" ? "1" : "0"));
const setC = setA.map(inverted);
const setB = setC.map((code) => [...code].reverse().join(""));
const parities = ["AAAAAA", "AABABB", "AABBAB", "AABBBA", "ABAABB",
                  "ABBAAB", "ABBBAA", "ABABAB", "ABABBA", "ABBABA"];

export function bars(digits) {
    const [first, ...rest] = [...digits].map(Number);
    const left = rest.slice(0, 6).map((digit, i) =>
        parities[first][i] === "A" ? setA[digit] : setB[digit]);
    const right = rest.slice(6).map((digit) => setC[digit]);
    return `101${left.join("")}01010${right.join("")}101`;
}

// The same noise every time.
function makeNoise(seed) {
    let state = seed;
    return (amount) => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return Math.round((state / 2 ** 32 - 0.5) * 2 * amount);
    };
}

function paper(digits) {
    const page = new Uint8Array(width * height).fill(150);
    const code = bars(digits);
    const left = Math.round((width - code.length * bar) / 2);
    for (let y = 90; y < 390; ++y)
        for (let x = left - 11 * bar; x < left + (code.length + 11) * bar; ++x) {
            const module = Math.floor((x - left) / bar);
            page[y * width + x] = y > 120 && y < 360 && code[module] === "1" ? 45 : 215;
        }
    return page;
}

function blurred(page) {
    const soft = Uint8Array.from(page);
    for (let y = 1; y < height - 1; ++y)
        for (let x = 1; x < width - 1; ++x) {
            let sum = 0;
            for (let dy = -1; dy <= 1; ++dy)
                for (let dx = -1; dx <= 1; ++dx) sum += page[(y + dy) * width + x + dx];
            soft[y * width + x] = sum / 9;
        }
    return soft;
}

function frame(page, noise) {
    const grey = Buffer.alloc((width * height * 3) / 2, 128); // no colour
    for (let i = 0; i < page.length; ++i)
        grey[i] = Math.max(16, Math.min(235, page[i] + noise(18)));
    return grey;
}

// For `seconds` each: nothing, the code, nothing. Its path; made once.
export function film(digits, { before, shown, after }) {
    const path = join(tmpdir(), `emplettes-film-${digits}-${before}-${shown}-${after}.y4m`);
    if (existsSync(path)) return path;
    const noise = makeNoise(42);
    const empty = new Uint8Array(width * height).fill(150);
    const held = blurred(paper(digits));
    const scenes = [[empty, before], [held, shown], [empty, after]];
    const unfinished = `${path}.${process.pid}`;
    const file = openSync(unfinished, "w");
    writeSync(file, `YUV4MPEG2 W${width} H${height} F${framesPerSecond}:1 Ip A1:1 C420jpeg\n`);
    for (const [page, seconds] of scenes)
        for (let i = 0; i < seconds * framesPerSecond; ++i) {
            writeSync(file, "FRAME\n");
            writeSync(file, frame(page, noise));
        }
    closeSync(file);
    renameSync(unfinished, path);
    return path;
}
