// The shelf by scan without a camera: typed codes, scanners that type, no network, no script.
import { expect, test } from "@playwright/test";
import { expectAccessible, expectFits } from "./axe.mjs";
import { ean13, shopNumber, signIn } from "./counter_steps.mjs";
import { hasScript } from "./steps.mjs";

const projects = ["phone", "desk", "phone without script", "desk without script"];
const numberOf = (info) => projects.indexOf(info.project.name);

const ready = (page) =>
    page.locator("[data-scan][data-ready]").waitFor({ state: "attached" });

// A shop and a code of its own for each journey.
async function enter(page, info, journey) {
    const shop = await shopNumber(page, 2 + numberOf(info) * 4 + journey);
    const email = `scan-${journey}-${numberOf(info)}-${info.testId}@example.org`;
    await signIn(page, email, `/fr/counter/${shop}/scan`);
    if (hasScript(info)) await ready(page);
    return { shop, code: ean13(Date.now() % 1e9 * 10 + journey) };
}
const stockOf = async (page, shop, code) => {
    const answer = await page.request.get(`/api/v1/counter/${shop}/scanned/${code}`);
    return (await answer.json()).offers[0]?.stock;
};
const rows = (page) => page.locator("[data-recent] li");
const choose = (page, mode) => page.locator(`.scan-modes label:has([value="${mode}"])`).click();

// A scanner types faster than any hand, into whatever has the focus, and ends with Enter.
async function wedge(page, code) {
    await page.evaluate((keys) => {
        for (const key of keys) {
            const field = document.activeElement;
            const isTyped = field.dispatchEvent(
                new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
            if (isTyped && key !== "Enter" && field instanceof HTMLInputElement) field.value += key;
        }
    }, [...code, "Enter"]);
}
async function fillStep(page, { title, price, count }) {
    const step = page.locator("form.scan-step");
    await expect(step).toBeVisible();
    if (title) await step.locator('input[name="title"]').fill(title);
    if (price) await step.locator('input[name="price"]').fill(price);
    if (count) await step.locator('input[name="count"]').fill(count);
    await step.locator('button[type="submit"]').click();
}

test("typed, put on the shelf, sold, taken back", async ({ page }, info) => {
    const { shop, code } = await enter(page, info, 0);
    await expectFits(page);
    await expectAccessible(page);
    await page.locator("#code").fill("9782070360025");
    await page.locator(".scan-type button").click();
    await expect(page.getByText("Le dernier chiffre ne correspond pas").first()).toBeVisible();
    await page.locator("#code").fill(code);
    await page.locator(".scan-type button").click();
    await fillStep(page, { title: "Bougie", price: "12,50", count: "4" });
    await expect(rows(page).first()).toContainText("Bougie");
    await expect(rows(page).first()).toContainText("4 en boutique");
    await expectAccessible(page);

    await choose(page, "sold");
    await page.locator("#code").fill(code);
    await page.locator(".scan-type button").click();
    if (!hasScript(info)) await fillStep(page, {});
    await expect(rows(page).first()).toContainText("1 vendu");
    await expect.poll(() => stockOf(page, shop, code)).toBe(3);
    await rows(page).first().locator("button").first().click();
    await expect(rows(page).first()).toContainText("Annulé");
    await expect.poll(() => stockOf(page, shop, code)).toBe(4);
    await expectFits(page);
});

test("a scanner that types fills a shelf", async ({ page }, info) => {
    test.skip(!hasScript(info), "without script it types into the field");
    const { shop, code } = await enter(page, info, 1);
    await wedge(page, code);
    await fillStep(page, { title: "Carnet", price: "3", count: "2" });
    await expect(rows(page).first()).toContainText("Carnet");
    await choose(page, "in");
    for (let i = 0; i < 3; ++i) {
        await wedge(page, code);
        await expect(rows(page)).toHaveCount(2 + i);
    }
    await expect.poll(() => stockOf(page, shop, code)).toBe(5);

    // Over the open question of one thing the next one is read: the first is saved as it stands.
    await choose(page, "count");
    await wedge(page, code);
    await expect(page.locator("form.scan-step")).toBeVisible();
    await wedge(page, code);
    await expect(rows(page)).toHaveCount(5);
});

test("works while the network is away and sends later", async ({ page, context }, info) => {
    test.skip(!hasScript(info), "without script nothing can be kept");
    const { shop, code } = await enter(page, info, 2);
    await wedge(page, code);
    await fillStep(page, { title: "Puzzle", price: "19,90", count: "6" });
    await expect(rows(page).first()).toContainText("Enregistré");
    await page.locator("[data-scan][data-kept]").waitFor({ state: "attached" });

    await context.setOffline(true);
    await page.reload();
    await ready(page);
    await choose(page, "sold");
    await wedge(page, code);
    await expect(rows(page).first()).toContainText("1 vendu");
    await wedge(page, code);
    await choose(page, "put");
    await wedge(page, ean13(Number(code.slice(2, 12)) + 7));
    await fillStep(page, { title: "Nouveau", price: "5", count: "1" });
    await expect(page.locator("[data-queue]")).toContainText("Pas de réseau : 3 à envoyer");
    await expectAccessible(page);
    await rows(page).nth(1).locator('button[value="undo"]').click();
    await expect(page.locator("[data-queue]")).toContainText("2 à envoyer");

    await page.reload();
    await ready(page);
    await expect(page.locator("[data-queue]")).toContainText("2 à envoyer");
    await expect(rows(page).first()).toContainText("Nouveau");
    await context.setOffline(false);
    await expect(page.locator("[data-queue]")).toContainText("Tout est enregistré");
    expect(await stockOf(page, shop, code)).toBe(5);
});

test("what one did is not sent under the name of another", async ({ page, context }, info) => {
    test.skip(!hasScript(info), "without script nothing can be kept");
    const { shop, code } = await enter(page, info, 3);
    await wedge(page, code);
    await fillStep(page, { title: "Lampe", price: "40", count: "2" });
    await expect(rows(page).first()).toContainText("Enregistré");
    await page.locator("[data-scan][data-kept]").waitFor({ state: "attached" });
    await context.setOffline(true);
    await page.reload();
    await ready(page);
    await choose(page, "sold");
    await wedge(page, code);
    await expect(page.locator("[data-queue]")).toContainText("1 à envoyer");

    await page.goto("about:blank");
    await context.setOffline(false);
    await context.clearCookies();
    await signIn(page, `other-${numberOf(info)}-${info.testId}@example.org`,
                 `/fr/counter/${shop}/scan`);
    await expect(page.locator("[data-queue]")).toContainText("par la personne");
    expect(await stockOf(page, shop, code)).toBe(2);
});
