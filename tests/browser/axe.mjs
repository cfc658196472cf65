// Accessibility of the page as it stands, by axe-core: WCAG 2.2 AA.
import { expect, test } from "@playwright/test";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { hasScript } from "./steps.mjs";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

async function violations(page) {
    await page.evaluate(source);
    const found = await page.evaluate((tags) => axe.run({ runOnly: tags }), tags);
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
}

// axe is a script: where the visitor has none, the same page is judged for the visitor who has.
export async function expectAccessible(page) {
    if (hasScript(test.info())) expect(await violations(page)).toEqual([]);
}

// Nothing is wider than the screen.
export async function expectFits(page) {
    const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
}
