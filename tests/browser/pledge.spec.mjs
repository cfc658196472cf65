// A pledge is signed from a mailbox, watched as it grows, and taken back.
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { expect, test } from "@playwright/test";
import { expectAccessible, expectFits } from "./axe.mjs";
import { hasScript } from "./steps.mjs";

const words = {
    fr: { title: "Noël près de chez nous", sign: "Signer", sent: "Plus qu’un clic",
          confirm: "Je signe", counts: "Votre signature compte", withdraw: "Retirer ma signature",
          gone: "est effacée", mine: "Voir ou retirer ce que j’ai signé",
          list: "Recevoir la liste", none: "Rien n’est signé" },
    en: { title: "Christmas close to home", sign: "Sign", sent: "One click left",
          confirm: "I sign", counts: "Your signature counts", withdraw: "Withdraw my signature",
          gone: "is erased", mine: "See or withdraw what I signed",
          list: "Send me the list", none: "Nothing is signed" },
};

const counted = async (page) =>
    (await (await page.request.get("/api/v1/pledges/noel-ici")).json()).count;

// The link in the latest mail to this address that leads where `path` begins.
async function linkOfMail(page, language, email, path) {
    let link = null;
    await expect(async () => {
        const read = async (address) => (await page.request.get(address)).text();
        const list = await read(`/${language}/dev/mails`);
        const mails = [...list.matchAll(/href="([^"]*\/dev\/mails\/[^"]+)"/g)].map((m) => m[1]);
        for (const address of mails.slice(0, 30)) {
            const mail = await read(address);
            if (!mail.includes(email)) continue;
            link = mail.match(new RegExp(`/${language}${path}[^"<\\s]+`))?.[0] ?? null;
            if (link) break;
        }
        expect(link, `a mail to ${email}`).not.toBeNull();
    }).toPass({ timeout: 20_000 });
    return link;
}

for (const language of ["fr", "en"])
    test(`${language}: sign, confirm, take back`, async ({ page }) => {
        const said = words[language];
        const email = `ada.${randomUUID()}@example.org`;
        await page.goto(`/${language}/pledges`);
        await expectFits(page);
        await expectAccessible(page);
        await page.getByRole("link", { name: said.title }).click();
        await page.waitForURL(/\/pledges\/noel-ici/);
        await expectFits(page);
        await expectAccessible(page);

        // News is another choice than signing, and neither is made for anybody.
        for (const box of ["#consent", "#public", "#news"])
            await expect(page.locator(box)).not.toBeChecked();
        await page.locator("#name").fill("Ada");
        await page.locator("#email").fill(email);
        await page.locator("#consent").check();
        await page.getByRole("button", { name: said.sign, exact: true }).click();
        await page.waitForURL(/\/sent$/);
        await expect(page.getByRole("heading", { name: said.sent })).toBeVisible();
        await expectFits(page);
        await expectAccessible(page);

        const link = await linkOfMail(page, language, email, "/pledges/noel-ici/signatures/");
        for (let looked = 0; looked < 2; ++looked) await page.request.get(link);  // a scanner
        const before = (await counted(page)).confirmed;
        await page.goto(link);
        await expectFits(page);
        await expectAccessible(page);
        await page.getByRole("button", { name: said.confirm }).click();
        await expect(page.getByText(said.counts)).toBeVisible();
        await expectAccessible(page);
        await expect(async () =>
            expect((await counted(page)).confirmed).toBeGreaterThan(before)).toPass();

        await page.goto(link);  // a late click, again
        await page.getByRole("button", { name: said.withdraw }).click();
        await expect(page.getByText(said.gone)).toBeVisible();
        await expectAccessible(page);
        await page.goto(link);
        await expect(page.getByRole("button", { name: said.withdraw })).toHaveCount(0);
    });

test("what a mailbox has signed is listed and taken back there", async ({ page }) => {
    const said = words.fr;
    const email = `bob.${randomUUID()}@example.org`;
    const body = { name: "Bob", email, consent: true };
    const headers = { "Idempotency-Key": randomUUID() };
    await page.request.post("/api/v1/pledges/noel-ici/signatures", { data: body, headers });
    await linkOfMail(page, "fr", email, "/pledges/noel-ici/signatures/");
    await page.goto("/fr/pledges/noel-ici");
    await page.getByRole("link", { name: said.mine }).click();
    await page.locator("#email").fill(email);
    await expectFits(page);
    await expectAccessible(page);
    await page.getByRole("button", { name: said.list }).click();
    await page.waitForURL(/sent=1/);
    await page.goto(await linkOfMail(page, "fr", email, "/pledges/mine/"));
    await expectFits(page);
    await expectAccessible(page);
    await page.getByRole("button", { name: new RegExp(`^${said.withdraw}`) }).click();
    await expect(page.getByText(said.none)).toBeVisible();
});

test("a mistake is told beside its field, and nothing typed is lost", async ({ page }) => {
    await page.goto("/fr/pledges/noel-ici");
    await page.locator("form.form").evaluate((form) => (form.noValidate = true));
    await page.locator("#name").fill("Ada");
    await page.locator("#email").fill("nowhere");
    await page.locator("#consent").check();
    await page.getByRole("button", { name: words.fr.sign, exact: true }).click();
    await expect(page.locator("#email-error")).toBeVisible();
    await expect(page.locator("#name")).toHaveValue("Ada");
    await expect(page.locator("#consent")).toBeChecked();
    await expectFits(page);
    await expectAccessible(page);
});

test("the count grows on a page that is open, and in another site's frame", async ({ page }) => {
    if (!hasScript(test.info())) test.skip();
    const stream = page.waitForResponse("**/fr/pledges/noel-ici/events");
    await page.goto("/fr/pledges/noel-ici");
    expect((await stream).headers()["content-type"]).toContain("text/event-stream");
    const email = `eve.${randomUUID()}@example.org`;
    await page.request.post("/api/v1/pledges/noel-ici/signatures", {
        data: { name: "Eve", email, consent: true },
        headers: { "Idempotency-Key": randomUUID() },
    });
    const link = await linkOfMail(page, "fr", email, "/pledges/noel-ici/signatures/");
    const before = await page.locator("[data-count]").textContent();
    const form = await (await page.request.get(link)).text();
    const csrf = form.match(/name="csrf" value="([^"]+)"/)[1];
    await page.request.post(link, { form: { csrf, do: "confirm" } });
    await expect(page.locator("[data-count]")).not.toHaveText(before);

    const here = new URL(page.url()).origin;
    const elsewhere = createServer((_, answer) => answer
        .setHeader("Content-Type", "text/html")
        .end(`<iframe src="${here}/fr/pledges/noel-ici/counter"></iframe>` +
             `<iframe src="${here}/fr/pledges/noel-ici"></iframe>`));
    await new Promise((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
    await page.goto(`http://127.0.0.1:${elsewhere.address().port}/`);
    const frame = (number) => page.frameLocator(`iframe >> nth=${number}`);
    await expect(frame(0).locator("[data-count]")).toBeVisible();
    await expect(frame(1).locator("[data-count]")).toHaveCount(0);
    expect((await page.context().cookies()).length).toBe(0);
    elsewhere.close();
    elsewhere.closeAllConnections();
});
