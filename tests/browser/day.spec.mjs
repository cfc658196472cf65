// A quarter's day: a neighbour finds a book, has it kept and collects it; the shop answers.
import { expect, test } from "@playwright/test";
import { expectAccessible } from "./axe.mjs";

const languages = {
    fr: { reserve: "Réserver", go: "Faire garder", find: "Chercher", requested: "Demande envoyée",
          keep: "Je le garde", held: "Gardé pour vous", ready: "Prêt", hand: "Remettre",
          collected: "Remis", cannot: "Je ne peux pas venir", cancel: "Annuler la réservation",
          cancelled: "Annulé" },
    en: { reserve: "Reserve", go: "Keep it for me", find: "Search", requested: "Request sent",
          keep: "I will keep it", held: "Kept for you", ready: "Ready", hand: "Hand over",
          collected: "Collected", cannot: "I can’t come", cancel: "Cancel the reservation",
          cancelled: "Cancelled" },
};

const hasScript = (info) => info.project.use.javaScriptEnabled !== false;

async function search(page, language, words) {
    await page.goto(`/${language}/`);
    await page.locator("#q").fill(words);
    await page.locator(".find-go").click();
    await page.waitForURL(/\/search\?/);
}

async function reserveFirst(page, language, info) {
    await search(page, language, "tea thé");
    await expectAccessible(page, hasScript(info));
    await page.locator('.hit a.button[href*="/reserve/"]').first().click();
    await expectAccessible(page, hasScript(info));
    await page.locator("#name").fill("Ada Lovelace");
    await page.locator("#contact").fill("ada@example.org");
    await page.locator('form.form button[type="submit"]').click();
    await page.waitForURL(/\/reservations\//);
}

// The shop's own page, from the link in its mail.
async function openShopPage(page, language, product) {
    for (let attempt = 0; attempt < 50; ++attempt) {
        await page.goto(`/${language}/dev/mails`);
        const mails = page.locator(".mails a", { hasText: product });
        if ((await mails.count()) > 0) {
            await mails.first().click();
            await page.locator('.mail-body a[href*="/requests/"]').click();
            return;
        }
        await page.waitForTimeout(100);
    }
    throw new Error("the shop got no mail");
}

for (const language of ["fr", "en"]) {
    const words = languages[language];

    test(`${language}: every page is accessible and fits the screen`, async ({ page }, info) => {
        const paths = ["/", "/search?q=livre", "/shops", "/ranking", "/accessibility", "/sources",
                       "/dev/mails", "/dev/styleguide", "/nothing"];
        for (const path of paths) {
            await page.goto(`/${language}${path}`);
            await expectAccessible(page, hasScript(info));
            if (!hasScript(info)) continue;
            const overflow = await page.evaluate(
                () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
            );
            expect(overflow, path).toBeLessThanOrEqual(0);
        }
    });

    test(`${language}: a neighbour has it kept and cannot come`, async ({ page }, info) => {
        await reserveFirst(page, language, info);
        await expect(page.locator(".slip-status")).toContainText(words.requested);
        await expectAccessible(page, hasScript(info));
        await page.locator(".slip-cancel summary").click();
        await page.locator(".slip-cancel button").click();
        await expect(page.locator(".slip-status")).toContainText(words.cancelled);
    });

    test(`${language}: the shop keeps it, the neighbour collects it`, async ({ page, context },
                                                                           info) => {
        await reserveFirst(page, language, info);
        const code = await page.locator(".slip-code").innerText();
        const title = await page.locator(".slip dd a").first().innerText();
        const counter = await context.newPage();
        await openShopPage(counter, language, title);
        await expectAccessible(counter, hasScript(info));
        await counter.locator("button.huge").first().click();
        await expect(counter.locator('[role="status"]').first()).toContainText("Ada Lovelace");
        if (!hasScript(info)) await page.reload();
        await expect(page.locator(".slip-status")).toContainText(words.held);
        await counter.locator("#code").fill(code.replace(/\D/g, ""));
        await counter.locator(".collect button").first().click();
        await expect(counter.locator('[role="status"]').first()).toContainText("Ada Lovelace");
        await page.reload();
        await expect(page.locator(".slip-status")).toContainText(words.collected);
    });
}

test("results change while typing", async ({ page }, info) => {
    test.skip(!hasScript(info), "needs script");
    await page.goto("/fr/search?q=livre");
    const before = await page.locator(".results-count").innerText();
    await page.locator("#q").fill("petit prince");
    await expect(page.locator(".results-count")).not.toHaveText(before);
    await expect(page.locator(".hit h2").first()).toContainText("Petit Prince");
});

test("the keyboard reaches the search and skips to the content", async ({ page }) => {
    await page.goto("/fr/");
    await page.keyboard.press("Tab");
    await expect(page.locator(".skip")).toBeFocused();
});
