// A code is held before the camera: read, asked about, saved; again, and one is sold.
import { expect, test } from "@playwright/test";
import { expectAccessible, expectFits } from "./axe.mjs";
import { film } from "./barcode_film.mjs";
import { shopNumber, signIn } from "./counter_steps.mjs";
import { chromium } from "./playwright.config.mjs";

const code = "3700230834716";
const film13 = film(code, { before: 1, shown: 2, after: 3 });

test.use({
    launchOptions: {
        executablePath: chromium,
        args: ["--no-sandbox", "--use-fake-device-for-media-stream",
               "--use-fake-ui-for-media-stream", `--use-file-for-fake-video-capture=${film13}`],
    },
});

test("the camera reads what is held before it", async ({ page, context }, info) => {
    const others = [];
    context.on("request", (request) => {
        if (!request.url().startsWith(info.project.use.baseURL)) others.push(request.url());
    });
    const shop = await shopNumber(page, info.project.name === "phone" ? 0 : 1);
    const email = `camera-${info.project.name}-${info.testId}@example.org`;
    await signIn(page, email, `/fr/counter/${shop}/scan`);
    await page.locator("[data-scan][data-ready]").waitFor({ state: "attached" });
    await page.locator("[data-camera-start]").click();
    const step = page.locator("form.scan-step");
    await expect(step).toBeVisible({ timeout: 20_000 });
    await expect(step.locator("[data-step-code]")).toHaveText(code);
    await expectFits(page);
    await expectAccessible(page);

    const title = step.locator('input[name="title"]');
    if (await title.isVisible()) await title.fill("Toupie en bois");
    await step.locator('input[name="price"]').fill("10,90");
    await step.locator('input[name="count"]').fill("5");
    await step.locator('button[type="submit"]').click();
    const rows = page.locator("[data-recent] li");
    await expect(rows.first()).toContainText("Toupie en bois");
    await expect(rows.first()).toContainText("Enregistré");

    await page.locator('.scan-modes label:has([value="sold"])').click();
    await expect(rows.first()).toContainText("1 vendu", { timeout: 20_000 });
    await page.locator("[data-camera-stop]").click();
    await rows.first().locator('button[value="undo"]').click();
    await expect(rows.first()).toContainText("Annulé");
    await expect(page.locator("[data-queue]")).toContainText("Tout est enregistré");
    const scanned = await page.request.get(`/api/v1/counter/${shop}/scanned/${code}`);
    const [offer] = (await scanned.json()).offers;
    expect(offer.stock + offer.kept).toBe(5);
    expect(others).toEqual([]);

    const times = await page.evaluate(() =>
        performance.getEntriesByName("scan").map(({ duration }) => Math.round(duration)));
    info.annotations.push({ type: "picture to answer, ms", description: times.join(" ") });
    console.log(`picture to answer, ms: ${times.join(" ")}`);
});
