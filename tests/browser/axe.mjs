// Accessibility of the page as it stands, by axe-core: WCAG 2.2 AA.
import { expect } from "@playwright/test";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

// axe is a script: where the visitor has none, the same page is checked for the visitor who has.
export async function expectAccessible(page, hasScript) {
    if (!hasScript) return;
    await page.evaluate(source);
    const { violations } = await page.evaluate((tags) => axe.run({ runOnly: tags }), tags);
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([]);
}
