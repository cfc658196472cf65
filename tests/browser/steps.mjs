// What people do on the pages, step by step, for every journey.
import { randomUUID } from "node:crypto";
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
    await page.locator("#contact").fill(`ada.${randomUUID()}@example.org`);
    await page.locator('form.form button[type="submit"]:not([formaction])').click();
    await page.waitForURL(/\/reservations\//);
    await seen();
}

// The mail of this person's request to the shop, by its address; null while there is none.
async function findMail(page, language, person) {
    const read = async (address) => (await page.request.get(address)).text();
    const list = await read(`/${language}/dev/mails`);
    const addresses = [...list.matchAll(/href="([^"]*\/dev\/mails\/[^"]+)"/g)].map((m) => m[1]);
    for (const address of addresses.slice(0, 20)) {
        const mail = await read(address);
        if (mail.includes(person) && mail.includes("/requests/")) return address;
    }
    return null;
}

// The mail that told a shop of this person's request.
export async function openMailOfRequest(page, language, person) {
    let address = null;
    await expect(async () => {
        address = await findMail(page, language, person);
        expect(address, `a mail to a shop about ${person}`).not.toBeNull();
    }).toPass({ timeout: 15_000 });
    await page.goto(address);
}

// The shop's own page, by the link in that mail.
export async function openCounter(page, language, person) {
    await openMailOfRequest(page, language, person);
    await page.locator('.mail-body a[href*="/requests/"]').first().click();
    await page.waitForURL(/\/requests\//);
}

// With the link of a mail, as somebody who works here does.
export async function signIn(page, language, address) {
    const known = new Set(await signInLinks(page, language, address));
    await page.goto(`/${language}/sign-in`);
    await page.locator('main input[type="email"]').fill(address);
    await page.locator('main form[method="post"] button[type="submit"]').click();
    let link = null;
    await expect(async () => {
        link = (await signInLinks(page, language, address)).find((one) => !known.has(one)) ?? null;
        expect(link, `a mail that signs ${address} in`).not.toBeNull();
    }).toPass({ timeout: 15_000 });
    await page.goto(link);
    await page.locator('main form[method="post"] button[type="submit"]').click();
    await page.waitForURL(/\/(counter|account)/);
}

// Of the last mails to this address: other visitors sign in at the same time.
async function signInLinks(page, language, address) {
    const read = async (address) => (await page.request.get(address)).text();
    const list = await read(`/${language}/dev/mails`);
    const mails = [...list.matchAll(/href="([^"]*\/dev\/mails\/[^"]+)"/g)].map((m) => m[1]);
    const links = [];
    for (const one of mails.slice(0, 20)) {
        const mail = await read(one);
        if (!mail.includes(address)) continue;
        links.push(...[...mail.matchAll(/href="([^"]*\/sign-in\/[^"]+)"/g)].map((m) => m[1]));
    }
    return links;
}

// The newest mail to this address, once it is there, opened in this page.
export async function openMailTo(page, language, email) {
    await expect(async () => {
        await page.goto(`/${language}/dev/mails`);
        await expect(page.locator("li", { hasText: email }).first()).toBeVisible({ timeout: 500 });
    }).toPass();
    await page.locator("li", { hasText: email }).first().locator("a").click();
}
