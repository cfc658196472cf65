// Every page that can be reached without doing anything, in both languages.
import { expect, test } from "@playwright/test";
import { expectAccessible, expectFits } from "./axe.mjs";
import { hasScript, search } from "./steps.mjs";

const paths = ["/", "/search?q=livre", "/search?q=zzzzz", "/search?q=livre&near=nulle+part",
               "/search?category=books&brand=Stephen+King&open_at=2020-02-02T10:00",
               "/shops", "/map", "/map?kind=bakery&open_now=1", "/wanted", "/ranking",
               "/accessibility", "/sources", "/dev/mails", "/dev/styleguide", "/nothing"];

for (const language of ["fr", "en"]) {
    for (const path of paths)
        test(`${language}${path} is accessible and fits`, async ({ page }) => {
            await page.goto(`/${language}${path}`);
            await expect(page.locator("html")).toHaveAttribute("lang", language);
            await expect(page.locator("h1")).toHaveCount(1);
            await expectFits(page);
            await expectAccessible(page);
        });

    test(`${language}: from a hit to its product and its shop`, async ({ page }) => {
        await search(page, language, "petit prince");
        await page.locator(".hit h2 a").first().click();
        await expect(page.locator("h1")).toContainText(/petit prince/i);
        await expectFits(page);
        await expectAccessible(page);
        await page.locator('a[href*="/shops/"]').first().click();
        await expect(page.locator('script[type="application/ld+json"]')).toHaveCount(1);
        await expectFits(page);
        await expectAccessible(page);
    });
}

// Negative control: the checks see what they are for.
test("a page with a fault is found out", async ({ page }, info) => {
    await page.goto("/fr/");
    await page.evaluate(() => {
        document.querySelector("main").insertAdjacentHTML(
            "beforeend", '<img src="data:," width="3000"><a href="/x"></a>');
    });
    await expect(expectFits(page)).rejects.toThrow();
    if (hasScript(info)) await expect(expectAccessible(page)).rejects.toThrow(/image-alt/);
});
