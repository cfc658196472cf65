// A shop's day: the link in the mail, one tap each for keep, ready, collected, decline, settings.
import { expect, test } from "@playwright/test";
import { expectAccessible, expectFits } from "./axe.mjs";
import { hasScript, languages, openCounter, reserve } from "./steps.mjs";

for (const language of ["fr", "en"]) {
    const words = languages[language];
    const personIn = (info) => `${info.testId} ${info.project.name}`;

    test(`${language}: keeps it, readies it, hands it over`, async ({ page, context }, info) => {
        const person = personIn(info);
        await reserve(page, language, { words: "bougie", person });
        const code = await page.locator(".slip-code").innerText();
        const slipShows = async (text) => {
            if (!hasScript(info)) await page.reload();  // with script the slip changes by itself
            await expect(page.locator(".slip-status")).toContainText(text);
        };
        const counter = await context.newPage();
        await openCounter(counter, language, person);
        await expectFits(counter);
        await expectAccessible(counter);

        const mine = counter.locator(".request, .entry", { hasText: person });
        await mine.locator('form[action$="/held"] button').click();
        await expect(counter.locator('[role="status"]').first()).toContainText(person);
        await slipShows(words.held);
        await mine.locator('form[action$="/ready"] button').click();
        await slipShows(words.ready);
        await expectAccessible(counter);

        await counter.locator("#code").fill("000 000");
        await counter.locator(".collect button").first().click();
        await expect(counter.locator("#code-error")).toBeVisible();
        await counter.locator("#code").fill(code.replace(/\D/g, ""));
        await counter.locator(".collect button").first().click();
        await expect(counter.locator('[role="status"]').first()).toContainText(person);
        await slipShows(words.collected);
        await expectFits(counter);
        await expectAccessible(counter);
    });

    test(`${language}: declines with a reason`, async ({ page, context }, info) => {
        const person = personIn(info);
        await reserve(page, language, { words: "puzzle", person });
        const counter = await context.newPage();
        await openCounter(counter, language, person);
        const mine = counter.locator(".request, .entry", { hasText: person });
        const reasons = mine.locator(".reasons summary");
        if (await reasons.isVisible()) {
            await reasons.click();
            await mine.locator('button[value="damaged"]').click();
        } else {
            await mine.locator('form[action$="/declined"] button').click();
        }
        await expect(counter.locator('[role="status"]').first()).toContainText(person);
        await page.reload();
        await expect(page.locator(".slip-status")).toContainText(words.declined);
    });

    test(`${language}: takes a tap back`, async ({ page, context }, info) => {
        const person = personIn(info);
        await reserve(page, language, { words: "carnet", person });
        const counter = await context.newPage();
        await openCounter(counter, language, person);
        const mine = counter.locator(".request, .entry", { hasText: person });
        await mine.locator('form[action$="/declined"] > button').first().click();
        await expect(counter.locator(".did")).toContainText(person);
        await expectFits(counter);
        await expectAccessible(counter);
        await page.reload();
        await expect(page.locator(".slip-status")).toContainText(words.declined);
        await counter.locator(".did button").click();
        await expect(counter.locator(".did")).toContainText(person);
        await expect(mine.locator('form[action$="/held"] button')).toBeVisible();
        await page.reload();
        await expect(page.locator(".slip-status")).toContainText(words.requested);
    });

    test(`${language}: says how long it keeps things`, async ({ page, context }, info) => {
        const person = personIn(info);
        await reserve(page, language, { words: "savon", person });
        const counter = await context.newPage();
        await openCounter(counter, language, person);
        await counter.locator("details.collect > summary").click();
        await counter.locator("#hold").selectOption("3");
        await counter.locator('form[action$="/settings"] button').click();
        await expect(counter.locator('[role="status"]').first()).toBeVisible();
        await expect(counter.locator("#hold")).toHaveValue("3");
    });
}
