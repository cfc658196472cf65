// What people do on the pages, step by step, for every journey.
import { expect } from "@playwright/test";

// What the slip says in each state.
export const languages = {
    fr: { requested: "Demande envoyée", held: "Gardé pour vous", ready: "Prêt pour vous",
          collected: "Remis", declined: "La boutique ne peut pas", cancelled: "Annulé" },
    en: { requested: "Request sent", held: "Kept for you", ready: "Ready for you",
          collected: "Collected", declined: "The shop cannot", cancelled: "Cancelled" },
};

export const hasScript = (info) => info.project.use.javaScriptEnabled !== false;

export async function search(page, language, words) {
    await page.goto(`/${language}/`);
    await page.locator("#q").fill(words);
    await page.locator(".find-go").click();
    await page.waitForURL(/\/search\?/);
}

// From the question to the slip; `seen` is called on every page on the way.
export async function reserve(page, language, { words, person, seen = async () => {} }) {
    await search(page, language, words);
    await seen();
    await page.locator('.hit a.button[href*="/reserve/"]').first().click();
    await seen();
    await page.locator("#name").fill(person);
    await page.locator("#contact").fill("ada@example.org");
    await page.locator('form.form button[type="submit"]').click();
    await page.waitForURL(/\/reservations\//);
    await seen();
}

// The shop's own page, by the link in the mail that told it of this person's request.
export async function openCounter(page, language, person) {
    await expect(async () => {
        await page.goto(`/${language}/dev/mails`);
        const mails = await page.locator(".mails a").all();
        const addresses = await Promise.all(mails.map((mail) => mail.getAttribute("href")));
        for (const mail of addresses.slice(0, 20)) {
            await page.goto(mail);
            const link = page.locator('.mail-body a[href*="/requests/"]');
            const text = await page.locator(".mail-body").innerText();
            if (text.includes(person) && (await link.count()) > 0) return link.first().click();
        }
        throw new Error(`no mail to a shop about ${person}`);
    }).toPass({ timeout: 15_000 });
    await page.waitForURL(/\/requests\//);
}
