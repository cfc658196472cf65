// A shelf without typing: a till's real file is dropped, looked at, read in another way, put on the
// shelf, seen there and taken back; and an address is given, rests, and goes.
import { expect, test } from "@playwright/test";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expectAccessible, expectFits } from "./axe.mjs";
import { addUser } from "./server.mjs";
import { hasScript, signIn } from "./steps.mjs";

const projects = ["phone", "desk", "phone without script", "desk without script"];
const corpus = (name) => fileURLToPath(new URL(`../imports/tables/${name}`, import.meta.url));
const words = {
    fr: { format: "séparé par des points-virgules, Windows-1252", undone: "Annulé" },
    en: { format: "separated by semicolons, Windows-1252", undone: "Undone" },
};

// At the page's end, where the bar of the counter lies over nothing.
async function check(page) {
    await page.locator("footer").last().scrollIntoViewIfNeeded();
    await expectFits(page);
    await expectAccessible(page);
}

// A shop of its own for each visitor, language and journey.
async function openImports(page, language, info, journey) {
    const number = 4 * projects.indexOf(info.project.name) + (language === "en" ? 2 : 0) + journey;
    await page.goto(`/${language}/shops`);
    const slugs = await page.locator('main a[href*="/shops/"]').evaluateAll((links) =>
        [...new Set(links.map((link) => new URL(link.href).pathname.split("/").pop()))]);
    const shop = slugs.at(-1 - number);
    const email = `import-${info.testId}@example.org`;
    addUser(email, "--operator");
    await signIn(page, language, email);
    await page.goto(`/${language}/counter/${shop}/more`);
    await page.locator('a[href$="/imports"]').click();
    await expect(page.locator("#file")).toBeVisible();
}

// With script the page follows the work by itself; without, its link does.
async function untilThere(page, info, selector) {
    if (hasScript(info)) {
        await expect(page.locator(selector)).toBeVisible();
        return;
    }
    await expect(async () => {
        const look = page.locator(".import-look a");
        if (await look.count()) await look.click();
        await expect(page.locator(selector)).toBeVisible({ timeout: 200 });
    }).toPass();
}
const start = 'form[action$="/start"] button';

async function choose(page, name) {
    await page.locator("#file").setInputFiles(corpus(name));
    await page.locator(".import-drop button").click();
    await page.waitForURL(/\/imports\/\d+$/);
}

// As a file manager drops it on the page.
async function drag(page, name) {
    const bytes = readFileSync(corpus(name)).toString("base64");
    const dropped = await page.evaluateHandle(({ bytes, name }) => {
        const transfer = new DataTransfer();
        const content = Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0));
        transfer.items.add(new File([content], name, { type: "text/csv" }));
        return transfer;
    }, { bytes, name });
    await page.locator("form[data-drop]").dispatchEvent("dragover", { dataTransfer: dropped });
    await expect(page.locator("form[data-drop][data-over]")).toBeVisible();
    await page.locator("form[data-drop]").dispatchEvent("drop", { dataTransfer: dropped });
    await page.waitForURL(/\/imports\/\d+$/);
}

// Opens the mapping, and says what the column of this name holds.
async function read(page, info, column, field) {
    const mapping = page.locator("#mapping");
    if (!(await mapping.evaluate((details) => details.open)))
        await mapping.locator("summary").first().click();
    const select = mapping.locator(".import-column", { hasText: column }).locator("select").first();
    if (!(await select.isVisible())) await mapping.locator(".import-left-columns summary").click();
    await select.selectOption(field);
    await mapping.locator('button[type="submit"]').last().click();
    await untilThere(page, info, start);
}

for (const language of ["fr", "en"]) {
    test(`${language}: from the till's file to the shelf, and back`, async ({ page }, info) => {
        await openImports(page, language, info, 0);
        await check(page);
        if (hasScript(info)) await drag(page, "till_windows_1252.csv");
        else await choose(page, "till_windows_1252.csv");
        const address = page.url();
        await untilThere(page, info, start);
        await expect(page.locator(".import-format")).toContainText(words[language].format);
        await expect(page.locator(".import-figures dt")).toHaveCount(4);
        await check(page);

        await read(page, info, "PV TTC", "ignored");
        await expect(page.locator(".import-missing")).toBeVisible();
        await check(page);
        await read(page, info, "PV TTC", "price");
        await expect(page.locator(".import-missing")).toHaveCount(0);
        await page.locator('a.chip[href*="show=new"]').click();
        await expect(page.locator(".import-rows")).toContainText("Thé vert à la menthe");
        await check(page);

        await page.locator(start).click();
        await untilThere(page, info, ".panel.good");
        await check(page);
        await page.locator(".panel.good a").click();
        await page.locator("#shelf-query").fill("Thé vert à la menthe");
        await page.locator(".keeper-search button").click();
        await expect(page.locator(".shelf-lines")).toContainText("Thé vert à la menthe");

        await page.goto(address);
        await page.locator('form[action$="/undo"] button').click();
        await expect(async () => {
            await page.goto(address);
            await expect(page.locator("main")).toContainText(words[language].undone,
                                                             { timeout: 200 });
        }).toPass();
        await check(page);
        await page.locator(".caps a").click();
        await expect(page.locator(".import-line").first()).toContainText("till_windows_1252.csv");
        await check(page);
    });

    test(`${language}: says what nobody could know; gives an address`, async ({ page }, info) => {
        await openImports(page, language, info, 1);
        await page.locator("#file").setInputFiles(corpus("../archives/spreadsheet.xlsx"));
        await page.locator(".import-drop button").click();
        await expect(page.locator("#file-error")).toContainText("CSV");
        await check(page);
        await choose(page, "no_numbers.csv");
        await untilThere(page, info, ".panel.bad");
        await check(page);
        await read(page, info, "titre", "sku");
        await page.locator('form[action$="/discard"] button').click();
        await expect(page.locator(start)).toHaveCount(0);

        await page.locator(".caps a").click();
        await page.locator("details.keeper-more > summary").click();
        await page.locator("#url").fill("https://till.example/stock.csv?of=" + info.testId);
        await page.locator("#every").selectOption("86400");
        await page.locator('form[action$="/addresses"] button').click();
        await expect(page.locator(".import-address")).toContainText("till.example");
        await check(page);
        await page.locator('form[action$="/pause"] button').click();
        await expect(page.locator('form[action$="/resume"] button')).toBeVisible();
        await page.locator(".import-steps summary").click();
        await page.locator('form[action$="/remove"] button').click();
        await expect(page.locator(".import-address")).toHaveCount(0);
    });
}
