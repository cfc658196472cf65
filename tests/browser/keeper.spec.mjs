// What a shop's keeper says and sees: an answer straight from the mail, a word to the neighbour,
// hours that are seen before they are saved, a closing for a day, the shelf row by row, the month.
import { expect, test } from "@playwright/test";
import { expectAccessible, expectFits } from "./axe.mjs";
import { addUser } from "./server.mjs";
import { hasScript, languages, openMailOfRequest, reserve, signIn } from "./steps.mjs";

// At the page's end, where the bar of the counter lies over nothing.
async function check(page) {
    await page.locator("footer").last().scrollIntoViewIfNeeded();
    await expectFits(page);
    await expectAccessible(page);
}

// The counter of a shop that sells something, another one for each visitor. An operator helps at
// every counter; each journey has its own, since they sign in at the same time.
async function openShop(page, language, info) {
    await page.goto(`/${language}/search?q=livre`);
    const slugs = await page.locator('main a[href*="/shops/"]').evaluateAll((links) =>
        [...new Set(links.map((link) => new URL(link.href).pathname.split("/").pop()))]);
    const visitors = ["phone", "desk", "phone without script", "desk without script"];
    const number = 2 * visitors.indexOf(info.project.name) + (language === "en" ? 1 : 0);
    const slug = slugs[number % slugs.length];
    const email = `helper-${info.testId}@example.org`;
    addUser(email, "--operator");
    await signIn(page, language, email);
    return `/${language}/counter/${slug}`;
}

for (const language of ["fr", "en"]) {
    const words = languages[language];

    test(`${language}: answers straight from the mail, and writes`, async ({ page }, info) => {
        const person = `${info.testId} ${info.project.name}`;
        await reserve(page, language, { words: "bougie", person });
        const slip = page.url();
        await openMailOfRequest(page, language, person);
        await page.locator('.mail-body a[href*="do=held"]').click();
        await expect(page.locator("main")).toContainText(person);
        await check(page);
        const one = page.url();
        const held = page.waitForResponse((answer) => answer.url().endsWith("/held"));
        await page.locator('form[action$="/held"] button').click();
        await held;
        await page.goto(one);
        await page.locator("#message-text").fill("La couverture est bleue.");
        await page.locator('form[action$="/message"] button').click();
        await expect(page.locator('[role="status"]')).toContainText(person);
        await expect(page.locator(".keeper-messages")).toContainText("La couverture est bleue.");
        await check(page);
        await page.locator('a[href$="/slip"]').click();
        await expect(page.locator(".paper-slip")).toContainText(person);
        await check(page);
        await page.goto(slip);
        await expect(page.locator(".slip-status")).toContainText(words.held);
    });

    test(`${language}: sets hours, and closes for a day`, async ({ page }, info) => {
        const counter = await openShop(page, language, info);
        await page.goto(`${counter}/hours`);
        await check(page);
        await page.locator('[name="mo1_from"]').fill("09:00");
        await page.locator('[name="mo1_to"]').fill("12:30");
        await page.locator('button[value="copy_mo"]').click();
        await expect(page.locator('[name="fr1_to"]')).toHaveValue("12:30");
        await page.locator('button.huge[value="preview"]').click();
        await expect(page.locator(".keeper-preview dt")).toHaveCount(15);
        await check(page);
        await page.locator('button[value="save"]').click();
        await expect(page.locator('[role="status"]')).toBeVisible();
        await expect(page.locator('[name="we1_from"]')).toHaveValue("09:00");
        await page.locator('button[value="today"]').click();
        await expect(page.locator('button[value="open"]')).toBeVisible();
        await check(page);
        await page.locator(".did button").click();
        await expect(page.locator('button[value="open"]')).toHaveCount(0);
        await page.locator(".keeper-more", { has: page.locator("#hours-text") })
            .locator("summary").click();
        await page.locator('button[value="map"]').click();
        await expect(page.locator('[role="status"]')).toBeVisible();
    });

    test(`${language}: counts the shelf row by row`, async ({ page }, info) => {
        const counter = await openShop(page, language, info);
        await page.goto(`${counter}/shelf`);
        await check(page);
        const row = page.locator(".shelf-line").first();
        const count = row.locator('[name="count"]');
        const before = await count.inputValue();
        await count.fill("beaucoup");
        await row.locator('button[value="save"]').click();
        await expect(row.locator(".field-error")).toBeVisible();
        await count.fill("17");
        await row.locator('button[value="save"]').click();
        await expect(page.locator(".did")).toBeVisible();
        if (hasScript(info)) expect(page.url()).toContain(`${counter}/shelf`);
        await check(page);
        const undone = page.waitForResponse((answer) => answer.url().endsWith("/undo"));
        await page.locator(".did button").click();
        await undone;  // with script the page stays, and leaving it would end the request
        await page.goto(`${counter}/shelf`);
        await expect(count).toHaveValue(before);
    });

    test(`${language}: reads the month and says who it is`, async ({ page }, info) => {
        const counter = await openShop(page, language, info);
        await page.goto(`${counter}/statement`);
        await expect(page.locator(".figures dt")).toHaveCount(9);
        await check(page);
        await page.goto(`${counter}/about`);
        await page.locator("#about-text").fill("Au coin de la rue.");
        await page.locator("main .button.huge").click();
        await expect(page.locator('[role="status"]')).toBeVisible();
        await check(page);
    });
}
