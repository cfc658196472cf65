// node tests/browser/measure_map.mjs [--runs N] [--address URL]: how long the map page takes from
// the click to a map that answers, with all its tiles and shops drawn. One line of JSON, times in
// milliseconds. The browser draws without a graphics card, as in the journeys.
import { chromium } from "@playwright/test";
import { parseArgs } from "node:util";
import serve, { address } from "./server.mjs";
import config from "./playwright.config.mjs";

const { values } = parseArgs({
    options: { runs: { type: "string", default: "9" }, address: { type: "string" } },
});
const origin = values.address ?? address;

// A fresh browser each time: nothing is kept from the run before.
async function measure() {
    const browser = await chromium.launch(config.use.launchOptions);
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(`${origin}/fr/`);
    await page.goto(`${origin}/fr/map`, { waitUntil: "commit" });
    await page.locator("[data-map][data-ready]").waitFor();
    const times = await page.evaluate(() => {
        const mark = (name) => performance.getEntriesByName(name)[0].startTime;
        const bytes = performance.getEntries().map(({ transferSize = 0 }) => transferSize);
        return {
            first_paint: mark("first-contentful-paint"),
            ready: mark("map-ready"),
            bytes: bytes.reduce((sum, size) => sum + size),
        };
    });
    await browser.close();
    return times;
}

const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

const stop = values.address ? () => {} : await serve();
const runs = [];
for (let i = 0; i < Number(values.runs); ++i) runs.push(await measure());
await stop();
const of = (name) => runs.map((run) => Math.round(run[name]));
console.log(JSON.stringify({
    measure: "map_page",
    runs: runs.length,
    first_paint_ms: median(of("first_paint")),
    ready_ms: median(of("ready")),
    ready_ms_max: Math.max(...of("ready")),
    bytes: median(of("bytes")),
}));
