// What script adds, and only that: results while typing, suggestions, the position button.
import { expect, test } from "@playwright/test";

test("results change while typing and the address follows", async ({ page }) => {
    await page.goto("/fr/search?q=livre");
    const before = await page.locator(".results-count").innerText();
    await page.locator("#q").fill("petit prince");
    await expect(page.locator(".results-count")).not.toHaveText(before);
    await expect(page.locator(".hit h2").first()).toContainText("Petit Prince");
    await expect(page).toHaveURL(/q=petit(\+|%20)prince/);
});

test("suggestions can be walked with the keyboard", async ({ page }) => {
    await page.goto("/fr/");
    await page.locator("#q").pressSequentially("petit pr");
    const options = page.locator('[role="option"]');
    await expect(options.first()).toBeVisible();
    await page.keyboard.press("ArrowDown");
    await expect(page.locator('[role="option"][aria-selected="true"]')).toHaveCount(1);
    await page.keyboard.press("Escape");
    await expect(options).toHaveCount(0);
});

test("my position: on request, kept in the address only", async ({ page, context }) => {
    await context.grantPermissions(["geolocation"]);
    await context.setGeolocation({ latitude: 48.8783, longitude: 2.3431 });
    await page.goto("/fr/search?q=livre");
    await page.locator("[data-position]").click();
    await page.waitForURL(/lat=48\.8783&lon=2\.3431/);
    expect(await context.cookies()).toEqual([]);
});
