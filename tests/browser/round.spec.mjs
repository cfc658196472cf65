// Several shops, one request, one walk.
import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { expectAccessible, expectFits } from "./axe.mjs";
import { search } from "./steps.mjs";

const words = {
    fr: { add: "Ajouter à ma tournée", keep: "Faire garder le tout", remove: "Retirer",
          empty: "Rien encore", walk: "La boucle à pied", waiting: "2 articles en cours",
          asked: "Demande envoyée", over: "Annulé", cancel: "Je ne peux pas venir",
          cancelGo: "Tout annuler" },
    en: { add: "Add to my round", keep: "Have everything kept", remove: "Remove",
          empty: "Nothing yet", walk: "The walk", waiting: "2 things under way",
          asked: "Request sent", over: "Cancelled", cancel: "I cannot come",
          cancelGo: "Cancel everything" },
};

async function add(page, language, what) {
    await search(page, language, what);
    await page.locator('.hit a.button[href*="/reserve/"]').first().click();
    await page.getByRole("button", { name: words[language].add }).click();
    await page.waitForURL(/\/basket/);
}

for (const language of ["fr", "en"])
    test(`${language}: from the basket to one walk, and back`, async ({ page }) => {
        const said = words[language];
        await page.goto(`/${language}/basket`);
        await expect(page.getByText(said.empty)).toBeVisible();
        await expectAccessible(page);

        await add(page, language, "bougie");
        await add(page, language, "savon");
        await add(page, language, "lapin peluche");
        await expect(page.locator(".basket-line")).toHaveCount(3);
        await expect(page.getByRole("heading", { name: said.walk })).toBeVisible();
        await expectFits(page);
        await expectAccessible(page);
        await page.getByRole("button", { name: new RegExp(`^${said.remove}`) }).last().click();
        await expect(page.locator(".basket-line")).toHaveCount(2);

        await page.locator("#round-near").fill("rue des Martyrs");
        await page.locator(".round-start button").click();
        await expect(page.locator("#round-near")).toHaveValue("rue des Martyrs");

        await page.locator("#name").fill("Ada");
        await page.locator("#contact").fill("nowhere");
        await page.getByRole("button", { name: said.keep }).click();
        await expect(page.locator("#contact-error")).toBeVisible();
        await expect(page.locator("#name")).toHaveValue("Ada");
        await expectAccessible(page);
        await page.locator("#contact").fill(`ada.${randomUUID()}@example.org`);
        await page.getByRole("button", { name: said.keep }).click();
        await page.waitForURL(/\/rounds\//);

        await expect(page.getByText(said.waiting)).toBeVisible();
        await expect(page.locator(".round-code strong")).toHaveCount(2);
        await expect(page.locator(".round-item").first()).toContainText(
            new RegExp(`${said.asked}|${language === "fr" ? "Gardé" : "Kept"}`));
        await expectFits(page);
        await expectAccessible(page);

        await page.getByText(said.cancel).click();
        await page.getByRole("button", { name: said.cancelGo }).click();
        await expect(page.locator(".round-item").first()).toContainText(said.over);
        await expect(page.locator(".round-code strong")).toHaveCount(0);
    });
