// How people come to the counter of a shop, for every journey there.
import { expect } from "@playwright/test";
import { execFileSync } from "node:child_process";
import { program } from "./server.mjs";

// Signs in as somebody new who may work everywhere; leads to `address`.
export async function signIn(page, email, address) {
    execFileSync(program, ["user", "add", email, "--operator",
                           "--data", process.env.EMPLETTES_BROWSER_DATA]);
    await page.goto(`/fr/sign-in?return_to=${encodeURIComponent(address)}`);
    await page.locator("#email").fill(email);
    await page.locator('form.form button[type="submit"]').click();
    let link = null;
    await expect(async () => {
        link = await findLink(page, email);
        expect(link, `a mail to ${email}`).not.toBeNull();
    }).toPass({ timeout: 15_000 });
    await page.goto(link);
    await page.locator('form.form button[type="submit"]').click();
    await page.waitForURL(`**${address}`);
}

async function findLink(page, email) {
    const read = async (address) => (await page.request.get(address)).text();
    const list = await read("/fr/dev/mails");
    const mails = [...list.matchAll(/href="([^"]*\/dev\/mails\/[^"]+)"/g)].map((m) => m[1]);
    for (const address of mails.slice(0, 20)) {
        const mail = await read(address);
        const link = /\/fr\/sign-in\/[\w-]+/.exec(mail);
        if (mail.includes(email) && link) return link[0];
    }
    return null;
}

// A shop of the demonstration, another for each number.
export async function shopNumber(page, number) {
    const answer = await page.request.get("/api/v1/search?q=livre&limit=50&offers=5");
    const { hits } = await answer.json();
    const slugs = [...new Set(hits.flatMap(({ offers }) => offers.map(({ shop }) => shop.slug)))];
    return slugs[number % slugs.length];
}

export function ean13(number) {
    const digits = `37${String(number).padStart(10, "0")}`;
    const sum = [...digits].reduce((sum, digit, i) => sum + digit * (i % 2 === 0 ? 1 : 3), 0);
    return digits + ((10 - (sum % 10)) % 10);
}
