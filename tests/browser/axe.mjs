// Accessibility of the page as it stands, by axe-core: WCAG 2.2 AA, in light and dark.
import { expect } from "@playwright/test";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

// axe is put in from outside, so that it also judges the page of a visitor without script.
async function violations(page) {
    await page.evaluate(source);
    const found = await page.evaluate((tags) => axe.run({ runOnly: tags }), tags);
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
}

export async function expectAccessible(page) {
    for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        expect(await violations(page), colorScheme).toEqual([]);
    }
}

// Nothing is wider than the screen.
export async function expectFits(page) {
    const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
}
