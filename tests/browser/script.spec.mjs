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

test("an address is suggested, chosen with the keyboard and kept", async ({ page }) => {
    await page.goto("/fr/");
    const near = page.locator("#near");
    await near.pressSequentially("45 rue condor");
    const option = page.locator('#addresses [role="option"]').first();
    await expect(option).toContainText("45 Rue Condorcet");
    await expect(near).toHaveAttribute("aria-expanded", "true");
    await page.keyboard.press("ArrowDown");
    await expect(near).toHaveAttribute("aria-activedescendant", "addresses-0");
    await page.keyboard.press("Enter");
    await expect(near).toHaveValue(/^45 Rue Condorcet/);
    await expect(near).toHaveAttribute("aria-expanded", "false");
    await page.locator("#q").fill("livre");
    await page.keyboard.press("Enter");
    await page.waitForURL(/lat=48\.880/);
    await expect(page.locator("h1")).toContainText("près de 45 Rue Condorcet");
});

test("an address that was chosen and then edited is looked for again", async ({ page }) => {
    await page.goto("/fr/search?q=livre");
    const near = page.locator("#near");
    await near.pressSequentially("45 rue condor");
    await page.locator('#addresses [role="option"]').first().click();
    await near.fill("rue d'abbeville");
    await near.press("Enter");
    await expect(page.locator("h1")).toContainText("Abbeville");
});

test("my position is told as the house that is there", async ({ page, context }) => {
    await context.grantPermissions(["geolocation"]);
    await context.setGeolocation({ latitude: 48.8801, longitude: 2.3436 });
    await page.goto("/fr/search?q=livre");
    await page.locator("[data-position]").click();
    await page.waitForURL(/lat=48\.8801&lon=2\.3436/);
    await expect(page.locator("h1")).toContainText("près de 43 Rue Rodier");
});
