// Maps: what the list says and what the map shows are the same, whoever changes it and however.
import { expect, test } from "@playwright/test";
import { expectAccessible, expectFits } from "./axe.mjs";

const small = (info) => info.project.use.viewport.width < 960;

// Opens a page and waits for its map, which window.map is from then on.
async function openMap(page, path) {
    await page.addInitScript(() => {
        addEventListener("map-ready", (event) => {
            window.map = event.detail;
        });
    });
    await page.goto(path);
}

const mapIsReady = (page) => expect(page.locator("[data-map][data-ready]")).toHaveCount(1);

// The shops that the map shows, those that stand together counted.
async function shownOnMap(page) {
    await page.evaluate(() => new Promise((resolve) => {
        if (map.loaded() && !map.isMoving()) resolve();
        else map.once("idle", resolve);
    }));
    return page.evaluate(() => {
        const features = map.queryRenderedFeatures({ layers: ["shop", "cluster"] });
        const inView = features.filter(({ geometry }) => {
            const { x, y } = map.project(geometry.coordinates);
            const { clientWidth, clientHeight } = map.getContainer();
            return x >= 0 && y >= 0 && x <= clientWidth && y <= clientHeight;
        });
        const counts = new Map(inView.map(({ properties }) => [
            properties.url ?? properties.cluster_id, properties.point_count ?? 1]));
        return [...counts.values()].reduce((sum, count) => sum + count, 0);
    });
}

// All shops that the map knows.
const knownToMap = (page) => page.evaluate(async () => {
    const data = await map.getSource("shops").getData();
    return data.features.map(({ properties }) => `${properties.name} ${properties.url}`).sort();
});

const numberIn = async (locator) => Number((await locator.innerText()).match(/\d+/)[0]);

async function expectListAndMapAgree(page) {
    await expect(async () => {
        const rows = await page.locator(".spot:not([hidden])").count();
        expect(await numberIn(page.locator(".spots-count"))).toBe(rows);
        expect(await shownOnMap(page)).toBe(rows);
    }).toPass();
}

// Those that these links of a list lead to.
async function shopsIn(links) {
    const shops = await links.evaluateAll((found) =>
        found.map((link) => `${link.textContent} ${link.getAttribute("href")}`));
    return [...new Set(shops)].sort();
}

const shopsOfResults = (page) =>
    shopsIn(page.locator("#results .offer-shop, #results .card-name"));

test("moving the map narrows the list, and both count the same", async ({ page }) => {
    await openMap(page, "/fr/map");
    await mapIsReady(page);
    await expectListAndMapAgree(page);
    const all = await page.locator(".spot:not([hidden])").count();
    expect(all).toBeGreaterThan(100);
    await page.locator(".map-closer").click();
    await expect.poll(() => page.locator(".spot:not([hidden])").count()).toBeLessThan(all);
    // So close that no number stands half in view for shops that are not.
    await page.evaluate(() => map.jumpTo({ zoom: 16.5 }));
    await expectListAndMapAgree(page);
    expect(await page.locator(".spot:not([hidden])").count()).toBeLessThan(all);
    await page.evaluate(() => map.jumpTo({ center: [2.2, 48.8] }));
    await expect(page.locator(".spots-count")).toHaveText("Aucune boutique dans cette vue");
});

test("a filter changes list and map, the way back too", async ({ page }) => {
    await openMap(page, "/fr/map");
    await mapIsReady(page);
    await page.locator('[data-filter="bakery"]').click();
    await expect(page).toHaveURL(/kind=bakery/);
    await expect(page.locator('[data-filter="bakery"]')).toHaveAttribute("aria-current", "true");
    await expectListAndMapAgree(page);
    expect(await knownToMap(page)).toEqual(await shopsIn(page.locator(".spot-name")));
    await page.goBack();
    await expect.poll(() => page.locator(".spot").count()).toBeGreaterThan(100);
    await expectListAndMapAgree(page);
});

test("a shop picked on the map is marked in the list", async ({ page }) => {
    await openMap(page, "/fr/map?kind=bookshop");
    await mapIsReady(page);
    const entry = page.locator(".spot").first();
    const name = await entry.locator(".spot-name").innerText();
    await page.evaluate(async (name) => {
        const { features } = await map.getSource("shops").getData();
        const shop = features.find(({ properties }) => properties.name === name);
        map.jumpTo({ center: shop.geometry.coordinates, zoom: 18 });
        await new Promise((resolve) => map.once("idle", resolve));
    }, name);
    const canvas = await page.locator(".map-canvas").boundingBox();
    await page.mouse.click(canvas.x + canvas.width / 2, canvas.y + canvas.height / 2);
    await expect(page.locator(".map-card-name")).toHaveText(name);
    await expect(page.locator(".map-card-name")).toBeFocused();
    await expect(page.locator(".spot.looked-at .spot-name")).toHaveText(name);
    await expectFits(page);
    await expectAccessible(page);
    await page.locator(".map-card-close").click();
    await expect(page.locator(".map-card")).toBeHidden();
    await expect(page.locator(".looked-at")).toHaveCount(0);
});

test("all of it with the keyboard", async ({ page }) => {
    await openMap(page, "/fr/map");
    await mapIsReady(page);
    const pick = page.locator(".spot-pick").nth(3);
    await pick.focus();
    await page.keyboard.press("Enter");
    await expect(page.locator(".map-card-name")).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(page.locator(".map-card")).toBeHidden();
    await expect(pick).toBeFocused();
    const centre = () => page.evaluate(() => map.getCenter().lng);
    await page.evaluate(() => new Promise((resolve) => {
        map.once("idle", resolve);
        map.triggerRepaint();
    }));
    const before = await centre();
    await page.locator(".maplibregl-canvas").focus();
    await page.keyboard.press("ArrowRight");
    await expect.poll(centre).toBeGreaterThan(before);
});

test("results and their map show the same shops, also while typing", async ({ page }, info) => {
    await openMap(page, "/fr/search?q=livre");
    if (small(info)) await page.locator('[data-map-switch] button[value="map"]').click();
    await mapIsReady(page);
    expect(await knownToMap(page)).toEqual(await shopsOfResults(page));
    await page.locator("#q").fill("thé vert");
    await expect(page.locator("h1")).toContainText("thé vert");
    const shops = await shopsOfResults(page);
    await expect.poll(() => knownToMap(page)).toEqual(shops);
    await expectFits(page);
    await expectAccessible(page);
    if (!small(info)) return;
    await page.locator('[data-map-switch] button[value="list"]').click();
    await expect(page.locator(".hit").first()).toBeVisible();
    await expect(page.locator("[data-map]")).toBeHidden();
});

test("on a narrow page no map is fetched before it is asked for", async ({ page }, info) => {
    test.skip(!small(info), "a wide page shows list and map");
    const fetched = [];
    page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
    await page.goto("/fr/search?q=livre", { waitUntil: "networkidle" });
    expect(fetched.filter((path) => /shop_map|maplibre|tiles/.test(path))).toEqual([]);
});

test("the way to a shop has its map", async ({ page }) => {
    await openMap(page, "/fr/shops/banette?lat=48.8801&lon=2.345");
    await page.locator("#way-map").scrollIntoViewIfNeeded();
    await mapIsReady(page);
    expect(await knownToMap(page)).toEqual([
        "Banette /fr/shops/banette?lat=48.88010&lon=2.34500"]);
    await expectFits(page);
    await expectAccessible(page);
});

test("nobody else is asked for anything", async ({ page, baseURL }) => {
    const origins = new Set();
    const refused = [];
    page.on("request", (request) => origins.add(new URL(request.url()).origin));
    page.on("console", (message) => {
        if (/Content Security Policy/.test(message.text())) refused.push(message.text());
    });
    await openMap(page, "/fr/map");
    await mapIsReady(page);
    await page.evaluate(() => map.jumpTo({ zoom: 18 }));
    await shownOnMap(page);
    expect([...origins].filter((origin) => !/^(blob|data):|^null$/.test(origin)))
        .toEqual([new URL(baseURL).origin]);
    expect(refused).toEqual([]);
    await expect(page.locator(".map-credit a")).toBeVisible();
});

test("the map goes dark with the page", async ({ page }) => {
    await page.emulateMedia({ colorScheme: "light" });
    await openMap(page, "/fr/map");
    await mapIsReady(page);
    const land = () => page.evaluate(() => map.getPaintProperty("land", "background-color"));
    const token = () => page.evaluate(() =>
        getComputedStyle(document.documentElement).getPropertyValue("--map-land").trim());
    const light = await land();
    expect(light).toBe(await token());
    await page.emulateMedia({ colorScheme: "dark" });
    await expect.poll(land).not.toBe(light);
    expect(await land()).toBe(await token());
    await expectListAndMapAgree(page);
});
