// A neighbour's day: find it near here, have it kept, be unable to come.
import { expect, test } from "@playwright/test";
import { expectAccessible, expectFits } from "./axe.mjs";
import { languages, reserve, search } from "./steps.mjs";

for (const language of ["fr", "en"]) {
    const words = languages[language];

    test(`${language}: has it kept, adds it to the calendar, cannot come`, async ({ page }) => {
        const seen = async () => {
            await expectFits(page);
            await expectAccessible(page);
        };
        await reserve(page, language, { words: "thé vert", person: "Ada Lovelace", seen });
        await expect(page.locator(".slip-status")).toContainText(words.requested);
        const slip = page.url();

        const calendar = await page.request.get(
            await page.locator('a[href$="/calendar.ics"]').getAttribute("href"));
        expect(await calendar.text()).toContain("BEGIN:VEVENT");

        await page.locator(".slip-cancel summary").click();
        await page.locator(".slip-cancel button").click();
        await expect(page.locator(".slip-status")).toContainText(words.cancelled);
        await page.goto(slip);  // the link keeps working
        await expect(page.locator(".slip-status")).toContainText(words.cancelled);
        await expect(page.locator(".slip-cancel")).toHaveCount(0);
    });

    test(`${language}: a form that cannot be read says why and keeps what was typed`,
         async ({ page }) => {
        await search(page, language, "carnet");
        await page.locator('.hit a.button[href*="/reserve/"]').first().click();
        // What a browser would hold back reaches the server all the same.
        await page.locator("form.form").evaluate((form) => form.setAttribute("novalidate", ""));
        await page.locator("#quantity").fill("10000");
        await page.locator("#name").fill("Ada Lovelace");
        await page.locator("#contact").fill("ada@example.org");
        await page.locator('form.form button[type="submit"]:not([formaction])').click();
        await expect(page.locator(".errors")).toBeVisible();
        await expect(page.locator("#quantity")).toHaveAttribute("aria-invalid", "true");
        await page.locator("#quantity").fill("1");
        await page.locator("#contact").fill("nowhere");
        await page.locator('form.form button[type="submit"]:not([formaction])').click();
        await expect(page.locator("#contact")).toHaveAttribute("aria-invalid", "true");
        await expect(page.locator("#name")).toHaveValue("Ada Lovelace");
        await expectFits(page);
        await expectAccessible(page);
    });

    test(`${language}: near a street, nearest first, filters that can be undone`,
         async ({ page }) => {
        await page.goto(`/${language}/`);
        await page.locator("#q").fill("livre");
        await page.locator("#near").fill("rue de Maubeuge");
        await page.locator(".find-go").click();
        await page.waitForURL(/near=/);
        await expect(page.locator("#near")).toHaveValue(/maubeuge/i);
        const all = await page.locator(".results-count").innerText();
        await page.locator(".filters a.chip").first().click();
        await expect(page.locator(".filters .chip[aria-current], .filters .chip-on").first())
            .toBeVisible();
        await page.goBack();
        await expect(page.locator(".results-count")).toHaveText(all);
    });
}

test("the keyboard reaches the search and skips to the content", async ({ page }) => {
    await page.goto("/fr/");
    await page.keyboard.press("Tab");
    await expect(page.locator(".skip")).toBeFocused();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await expect(page.locator("main :focus")).toHaveCount(1);
});
