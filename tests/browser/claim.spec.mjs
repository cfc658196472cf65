// A keeper's way in: signs in by a mail, claims the shop, proves it by a letter or by the shop's
// own mail, tells who sells; the operator approves; the counter opens.
import { expect, test } from "@playwright/test";
import { expectAccessible, expectFits } from "./axe.mjs";
import { addUser } from "./server.mjs";
import { openMailTo, signIn } from "./steps.mjs";

// A shop for each visitor, since a shop has one keeper; the map knows mail addresses of two.
const shops = {
    phone: { slug: "missia", mail: "missiaparis@gmail.com" },
    desk: { slug: "boucherie-aux-cloches-vertes-bio", mail: "hamidmess@orange.fr" },
    "phone without script": { slug: "patisserie-hubert" },
    "desk without script": { slug: "librairie-nordest" },
};
const seller = {
    legal_name: "Exemple SARL",
    legal_address: "1 rue Cadet, 75009 Paris",
    phone: "01 42 00 00 00",
    register_number: "RCS Paris 732 829 320",
    mediator: "Médiation du commerce",
    mediator_url: "https://mediation.example/",
};

async function proveByMail(page, shop, seen) {
    await page.locator('form[action$="/claim/mail"] button').click();
    await expect(page.locator('[role="status"]')).toBeVisible();
    await openMailTo(page, "fr", shop.mail);
    await page.locator('a[href*="/claims/"]').click();
    await seen(page);
    await page.locator('button[value="yes"]').click();
    await expect(page.locator(".panel.good")).toBeVisible();
    await seen(page);
}

async function proveByLetter(page, operator, shop, seen) {
    await page.locator('form[action$="/claim/letter"] button').click();
    await expect(page.locator('[role="status"]')).toBeVisible();
    await operator.goto("/fr/operator");
    await operator.locator("#slug").fill(shop.slug);
    await operator.locator('form[action$="/letters"] button').click();
    await seen(operator);
    const code = await operator.locator(".letter-sign").innerText();
    await page.goto(`/fr/shops/${shop.slug}/claim`);
    await page.locator("#code").fill(code);
    await page.locator('form[action$="/claim/code"] button').click();
    await expect(page.locator('[role="status"]')).toBeVisible();
}

test("claims the shop and opens its counter", async ({ page, browser }, info) => {
    const shop = shops[info.project.name];
    const visitor = info.project.name.replaceAll(" ", "-");
    const email = `keeper-${visitor}@example.org`;
    const seen = async (where) => {
        await expectFits(where);
        await expectAccessible(where);
    };
    const { viewport, colorScheme, javaScriptEnabled, baseURL } = info.project.use;
    const desk = await browser.newContext({ viewport, colorScheme, javaScriptEnabled, baseURL });
    const operator = await desk.newPage();
    addUser(`operator-${visitor}@example.org`, "--operator");
    await signIn(operator, "fr", `operator-${visitor}@example.org`);

    await signIn(page, "fr", email);
    await page.goto(`/fr/shops/${shop.slug}`);
    await page.locator('a[href$="/claim"]').click();
    await seen(page);
    await page.locator("#siret").fill("732 829 320");
    await page.locator('form[action$="/claim"] button').click();
    await expect(page.locator("#siret-error")).toBeVisible();
    await seen(page);
    await page.locator("#siret").fill("732 829 320 00074");
    await page.locator('form[action$="/claim"] button').click();
    await expect(page.locator('form[action$="/claim/code"]')).toBeVisible();
    await seen(page);

    if (shop.mail) await proveByMail(page, shop, seen);
    else await proveByLetter(page, operator, shop, seen);

    await page.goto(`/fr/shops/${shop.slug}/claim`);
    for (const [field, value] of Object.entries(seller))
        await page.locator(`#${field}`).fill(value);
    await page.locator('form[action$="/seller"] button').click();
    await expect(page.locator("#certificate-error")).toBeVisible();
    await seen(page);
    await page.locator("#certificate").check();
    await page.locator('form[action$="/seller"] button').click();
    await expect(page.locator('[role="status"]')).toBeVisible();

    await operator.goto("/fr/operator");
    await seen(operator);
    await operator.locator("li", { hasText: email }).locator("a").click();
    await seen(operator);
    await operator.locator('form[action$="/approve"] button').click();
    await expect(operator.locator('form[action$="/suspend"]')).toBeVisible();

    await page.goto("/fr/counter");
    await page.waitForURL(new RegExp(`/fr/counter/${shop.slug}`));
    await expect(page.locator(".counter-bar a")).toHaveCount(5);
    await seen(page);
    await page.locator(".counter-bar a").last().click();
    await seen(page);
    await page.locator('a[href$="/team"]').click();
    await seen(page);
    await page.goto(`/fr/shops/${shop.slug}`);
    await expect(page.locator("#who-title + dl")).toContainText(seller.legal_name);
    await seen(page);
    await desk.close();
});
